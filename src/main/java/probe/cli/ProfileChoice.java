package probe.cli;

import probe.profile.ProfileMerge;
import probe.profile.ProfileReader;
import probe.profile.Settings;

/** The settings that {@code --profile} stands for. */
final class ProfileChoice {

    private ProfileChoice() {}

    /**
     * Settings with the named profile laid over them. For the default one no file is read: a test holds
     * {@code profiles/default.json} equal to the defaults.
     *
     * @throws probe.profile.ProfileException when there is no such profile, or it is malformed
     */
    static Settings over(Settings base, String name) {
        return name.equals(ProfileReader.DEFAULT) ? base
                : ProfileMerge.apply(base, ProfileReader.load(name));
    }
}
