package probe.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import probe.attempt.Attempt;
import probe.attempt.Via;
import probe.evidence.Observation;
import probe.target.Target;

/**
 * Everything a judgement rests on; a saved report carries all of it.
 *
 * @param target what was asked
 * @param attempts every attempt, in the order in which they were begun
 * @param observations what else was learned
 */
public record Facts(Target target, List<Attempt> attempts, List<Observation> observations) {

    /** What kind of attempt decides for this target: HttpClient's for a URL, else the raw socket's. */
    public Via decisiveVia() {
        return target.scheme().isHttp() ? Via.HTTP_CLIENT : Via.SOCKET;
    }

    /** The observations of one kind. */
    public <T extends Observation> Stream<T> observed(Class<T> type) {
        // A loop: every rule asks for something, and most of it was never looked for.
        List<T> found = List.of();
        for (Observation one : observations) {
            if (type.isInstance(one)) {
                found = found.isEmpty() ? new ArrayList<>() : found;
                found.add(type.cast(one));
            }
        }
        return found.isEmpty() ? Stream.empty() : found.stream();
    }
}
