import HTTPAPI
import Testing

/// The W3C trace context's own rules for `traceparent`.
@Suite struct TraceContextTests {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let span = "00f067aa0ba902b7"

    @Test func readsAndWritesAValidHeader() throws {
        let text = "00-\(TraceContextTests.trace)-\(TraceContextTests.span)-01"
        let context = try #require(TraceContext(traceparent: text, tracestate: "a=b"))
        #expect(context.traceparent == text)
        #expect(context.isSampled)
        #expect(context.state == "a=b")
        #expect(TraceContext(traceparent: text, tracestate: String(repeating: "a", count: 513))?.state == nil)
        // A later version may have more parts.
        #expect(TraceContext(traceparent: "01-\(TraceContextTests.trace)-\(TraceContextTests.span)-00-ab", tracestate: nil)?.isSampled == false)
    }

    @Test(arguments: [
        "", "00", "00-\(trace)-\(span)", "ff-\(trace)-\(span)-01", "00-\(trace)-\(span)-01-ab", "00-\(trace.uppercased())-\(span)-01",
        "00-00000000000000000000000000000000-\(span)-01", "00-\(trace)-0000000000000000-01", "00-\(trace)x-\(span)-01", "00-\(trace)-\(span)-1",
        "0-\(trace)-\(span)-01",
    ])
    func ignoresAnythingElse(header: String) {
        #expect(TraceContext(traceparent: header, tracestate: nil) == nil)
    }
}
