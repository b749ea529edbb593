package probe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Kind;

class JunitReportTest {

    private static Element parse(String xml) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)))
                    .getDocumentElement();
        } catch (SAXException | ParserConfigurationException e) {
            throw new AssertionError(xml, e);
        }
    }

    private static Element only(Element parent, String name) {
        assertEquals(1, parent.getElementsByTagName(name).getLength(), name);
        return (Element) parent.getElementsByTagName(name).item(0);
    }

    @Test
    void a_run_is_a_suite_and_a_target_a_test_case() throws IOException {
        Element suite = only(
                parse(FormatTest.run(Format.JUNIT,
                        List.of(Reports.healthy(), Reports.full(), defect()))),
                "testsuite");
        assertEquals("3", suite.getAttribute("tests"));
        assertEquals("1", suite.getAttribute("failures"));
        assertEquals("1", suite.getAttribute("errors"));
        assertEquals("6.221", suite.getAttribute("time"));
        assertEquals("2026-01-01T00:00:00", suite.getAttribute("timestamp"));
        Element failed = (Element) suite.getElementsByTagName("testcase").item(1);
        assertEquals("probe.https", failed.getAttribute("classname"));
        assertEquals("https://shop.example/cart", failed.getAttribute("name"));
        assertEquals("connect-timeout", only(failed, "failure").getAttribute("type"));
        assertEquals("A summary.", only(failed, "failure").getAttribute("message"));
        assertTrue(only(failed, "failure").getTextContent().contains("What to do\n"));
        assertEquals("unclassified", only(suite, "error").getAttribute("type"));
    }

    @Test
    void hostile_text_leaves_the_document_well_formed() throws IOException {
        Element failure = only(parse(FormatTest.run(Format.JUNIT, List.of(FormatTest.hostile()))),
                "failure");
        String message = failure.getAttribute("message");
        assertTrue(message.startsWith("a\\u001b[2J\\u0000\\u009b1m\\ud800<&\">]]>'#::%\\u000d"),
                message);
        assertTrue(message.endsWith("\\\\uffff\\u202eb"), message);
    }

    @Test
    void a_run_without_targets_is_an_empty_suite() throws IOException {
        assertEquals("0", only(parse(FormatTest.run(Format.JUNIT, List.of())), "testsuite")
                .getAttribute("tests"));
    }

    private static Report defect() {
        Report base = Reports.full();
        Diagnosis fault = Reports.diagnosis("Unknown.");
        return new Report(base.target(), base.startedAt(), base.duration(),
                new Diagnosis(Kind.UNCLASSIFIED, fault.phase(), fault.side(), fault.locus(),
                        fault.confidence(),
                        fault.summary(), fault.evidence(), fault.alternatives(),
                        fault.requestProcessed()),
                base.advice(), base.attempts(), base.observations(), base.warnings(),
                base.environment());
    }
}
