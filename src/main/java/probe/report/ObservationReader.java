package probe.report;

import java.util.ArrayList;
import java.util.List;
import probe.evidence.ControlResult;
import probe.evidence.Observation;
import probe.evidence.SynSchedule;

/** Reads what {@link JsonObservations} wrote: controls first, then the typed ones, then the environment's. */
final class ObservationReader {

    private ObservationReader() {}

    static List<Observation> observations(JsonIn report) {
        List<Observation> observations = new ArrayList<>(
                report.list("controls", ObservationReader::control));
        JsonIn definitions = JsonIn.parse(ReportSchema.text()).object("$defs");
        observations.addAll(report.list("observations", one -> typed(one, definitions)));
        JsonIn environment = report.object("environment");
        if (environment.names().contains("synScheduleMs")) {
            observations.add(new SynSchedule(environment.allMillis("synScheduleMs"),
                    environment.millis("synGivesUpMs")));
        }
        return List.copyOf(observations);
    }

    private static ControlResult control(JsonIn control) {
        return new ControlResult(
                control.word("name", ControlResult.Control.values(), ControlResult.Control::id),
                control.text("target"),
                control.word("outcome", ControlResult.Outcome.values(), ControlResult.Outcome::id),
                control.millis("durationMs"));
    }

    /** An element of the list of observations: its {@code type} names the record. */
    private static Observation typed(JsonIn observation, JsonIn definitions) {
        String type = observation.text("type");
        for (Class<?> variant : Observation.class.getPermittedSubclasses()) {
            if (JsonRecord.type(variant).equals(type)
                    && variant != ControlResult.class && variant != SynSchedule.class) {
                return (Observation) RecordReader.read(observation, variant,
                        definitions.object(type));
            }
        }
        throw observation.wrong("type", "is '" + type + "', which this version does not know");
    }
}
