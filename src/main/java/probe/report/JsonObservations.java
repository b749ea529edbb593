package probe.report;

import java.io.IOException;
import java.util.List;
import probe.evidence.ControlResult;
import probe.evidence.Observation;
import probe.evidence.SynSchedule;

/**
 * The written form of observations. Controls have a list of their own, the schedule of SYNs stands under the
 * environment, and everything else is an element of {@code observations} with a {@code type}.
 */
final class JsonObservations {

    private JsonObservations() {}

    static void write(JsonOut json, List<Observation> observations) throws IOException {
        json.array("controls", only(ControlResult.class, observations), control -> json.line(() -> {
            json.text("name", control.control().id());
            json.text("target", control.target());
            json.text("outcome", control.outcome().id());
            json.millis("durationMs", control.duration());
        }));
        json.array("observations", typed(observations), observation -> json.line(() -> {
            json.text("type", JsonRecord.type(observation.getClass()));
            JsonRecord.write(json, observation);
        }));
    }

    /** One machine has one schedule; the first is written. */
    static void writeSynSchedule(JsonOut json, List<Observation> observations) throws IOException {
        for (Observation observation : observations) {
            if (observation instanceof SynSchedule schedule) {
                json.allMillis("synScheduleMs", schedule.instants());
                json.millis("synGivesUpMs", schedule.givesUp());
                return;
            }
        }
    }

    /** All that have no place of their own. */
    private static List<Record> typed(List<Observation> observations) {
        return observations.stream()
                .filter(one -> !(one instanceof ControlResult) && !(one instanceof SynSchedule))
                .map(Record.class::cast)
                .toList();
    }

    private static <T extends Observation> List<T> only(Class<T> type,
            List<Observation> observations) {
        return observations.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
