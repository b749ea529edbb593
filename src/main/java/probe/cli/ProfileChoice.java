package probe.cli;

import org.jspecify.annotations.Nullable;
import probe.profile.ProfileMerge;
import probe.profile.ProfileReader;
import probe.profile.Settings;

/** The settings that {@code --profile} stands for. */
final class ProfileChoice {

    private ProfileChoice() {}

    /**
     * The defaults with the named profile laid over them. Without a name no file is read: a test holds
     * {@code profiles/default.json} equal to the defaults.
     *
     * @throws probe.profile.ProfileException when there is no such profile, or it is malformed
     */
    static Settings settings(@Nullable String name) {
        return name == null || name.equals(ProfileReader.DEFAULT) ? Settings.defaults()
                : ProfileMerge.apply(Settings.defaults(), ProfileReader.load(name));
    }
}
