package probe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import probe.diagnosis.Facts;
import probe.profile.Origin;
import probe.profile.Setting;
import probe.profile.Settings;
import probe.profile.TimeoutName;
import probe.profile.Timeouts;

class SavedSettingsTest {

    @Test
    void the_limits_and_the_method_of_a_report_are_those_of_its_run() {
        Report report = Reports.full();
        Settings settings = SavedSettings
                .of(new Facts(report.target(), report.attempts(), List.of()));
        assertEquals(Setting.ofFlag(Duration.ofMillis(3100)), settings.timeouts().connect());
        assertEquals(new Origin.FromProfile("ci"),
                settings.timeouts().get(TimeoutName.DNS).origin());
        assertEquals(Reports.http(200).method(), settings.http().method());
    }

    @Test
    void what_a_report_does_not_show_is_as_if_nobody_had_said_anything() {
        Settings settings = SavedSettings.of(new Facts(Reports.TARGET, List.of(), List.of()));
        assertEquals(Timeouts.defaults(), settings.timeouts());
        assertEquals(Settings.defaults(), settings);
    }
}
