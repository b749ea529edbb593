package probe.evidence.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import probe.evidence.LivenessCheck.Answer;
import probe.evidence.TcpInfo;
import probe.evidence.TcpState;

/** What a second look at a connection says about its other end. */
class AftermathTest {
    private static TcpInfo info(TcpState state, long received, long segments) {
        return new TcpInfo(state, 0, 0, 204_000, 1448, 536, 0, 1000, 1000, 1000, 1500, 20_000, 0,
                6L, received, 3L, segments, 0L, null, null, null, null, null, null);
    }

    private static Answer after(TcpState state, long received, long segments) {
        return Aftermath.answer(info(TcpState.ESTABLISHED, 0, 2), info(state, received, segments));
    }

    @Test
    void a_fin_in_answer_to_ours_is_a_sign_of_life_and_no_data() {
        assertEquals(Answer.ACKNOWLEDGED, after(TcpState.CLOSED, 1, 4));
        assertEquals(Answer.ACKNOWLEDGED, after(TcpState.TIME_WAIT, 1, 4));
    }

    @Test
    void a_byte_is_data_and_so_is_a_byte_before_the_fin() {
        assertEquals(Answer.DATA, after(TcpState.FIN_WAIT_2, 1, 3));
        assertEquals(Answer.DATA, after(TcpState.CLOSED, 2, 4));
    }

    @Test
    void a_connection_that_ends_without_a_fin_was_reset() {
        assertEquals(Answer.RESET, after(TcpState.CLOSED, 0, 3));
    }

    @Test
    void an_acknowledgement_is_one_and_nothing_is_silence() {
        assertEquals(Answer.ACKNOWLEDGED, after(TcpState.FIN_WAIT_2, 0, 3));
        assertEquals(Answer.SILENT, after(TcpState.FIN_WAIT_1, 0, 2));
    }
}
