import CoreMetrics
import Testing

@testable import Telemetry

@Suite struct PrometheusRegistryTests {
    private func text(_ registry: PrometheusRegistry) -> String {
        String(decoding: registry.exposition(), as: UTF8.self)
    }

    @Test func printsCountersWithLabelsInOrder() {
        let registry = PrometheusRegistry(descriptions: ["docket_http_requests_total": .init(help: "Requests.\nAll \\ of them.")])
        Counter(label: "docket.http.requests", dimensions: [("route", "/v1/tickets"), ("code", "201")], factory: registry).increment(by: 2)
        Counter(label: "docket_http_requests_total", dimensions: [("code", "201"), ("route", "/v1/tickets")], factory: registry).increment()
        Counter(label: "docket.http.requests", dimensions: [("route", "a\"b\\c\nd")], factory: registry).increment()
        #expect(
            text(registry).hasPrefix(
                """
                # HELP docket_http_requests_total Requests.\\nAll \\\\ of them.
                # TYPE docket_http_requests_total counter
                docket_http_requests_total{code="201",route="/v1/tickets"} 3
                docket_http_requests_total{route="a\\"b\\\\c\\nd"} 1

                """
            )
        )
    }

    @Test func countsFractionsAndRefusesToFall() {
        let registry = PrometheusRegistry()
        let counter = FloatingPointCounter(label: "x", factory: registry)
        for amount in [0.25, 0.5, -3, .infinity, .nan] {
            counter.increment(by: amount)
        }
        #expect(text(registry).contains("x_total 0.75\n"))
    }

    @Test func gaugesKeepTheLastValue() {
        let registry = PrometheusRegistry()
        let gauge = Gauge(label: "depth", factory: registry)
        gauge.record(7)
        gauge.record(3.5)
        let meter = Meter(label: "pool", dimensions: [("state", "idle")], factory: registry)
        meter.set(5)
        meter.decrement(by: 2)
        #expect(text(registry).contains("# TYPE depth gauge\ndepth 3.5\n"))
        #expect(text(registry).contains("pool{state=\"idle\"} 3\n"))
    }

    @Test func timersAreHistogramsInSeconds() {
        let registry = PrometheusRegistry(descriptions: ["wait_seconds": .init(help: "Wait.", buckets: [0.5, 0.1, 1])])
        let timer = Timer(label: "wait", dimensions: [("k", "v")], factory: registry)
        timer.recordMilliseconds(100)
        timer.recordMilliseconds(101)
        timer.recordSeconds(5)
        #expect(
            text(registry).hasPrefix(
                """
                # HELP wait_seconds Wait.
                # TYPE wait_seconds histogram
                wait_seconds_bucket{k="v",le="0.1"} 1
                wait_seconds_bucket{k="v",le="0.5"} 2
                wait_seconds_bucket{k="v",le="1"} 2
                wait_seconds_bucket{k="v",le="+Inf"} 3
                wait_seconds_sum{k="v"} 5.201
                wait_seconds_count{k="v"} 3

                """
            )
        )
    }

    @Test func aggregatingRecordersAreHistograms() {
        let registry = PrometheusRegistry()
        Recorder(label: "batch.size", factory: registry).record(3)
        #expect(text(registry).contains("batch_size_bucket{le=\"2\"} 0\nbatch_size_bucket{le=\"5\"} 1\n"))
    }

    @Test func labelSetsAreBounded() {
        let registry = PrometheusRegistry(maximumSeriesPerFamily: 10)
        for number in 0..<1_000 {
            Counter(label: "hits", dimensions: [("path", "/\(number)")], factory: registry).increment()
        }
        let lines = text(registry).split(separator: "\n").filter { $0.hasPrefix("hits_total{") }
        #expect(lines.count == 11)
        #expect(lines.contains("hits_total{path=\"other\"} 990"))
        #expect(text(registry).contains("telemetry_series_overflow_total 990\n"))
    }

    @Test func theSameNameForAnotherKindIsNotPrinted() {
        let registry = PrometheusRegistry()
        Gauge(label: "x_total", factory: registry).record(1)
        Counter(label: "x", factory: registry).increment(by: 5)
        #expect(text(registry).contains("# TYPE x_total gauge\nx_total 1\n"))
        #expect(!text(registry).contains("x_total 5"))
        #expect(text(registry).contains("telemetry_metric_conflicts_total 1\n"))
    }

    @Test(arguments: [("http.server-x", "http_server_x"), ("9lives", "_9lives"), ("", "_"), ("a:b", "a:b"), ("ü", "__")])
    func namesAreMadeToFit(_ label: String, _ expected: String) {
        #expect(MetricName.metric(label) == expected)
    }

    @Test(arguments: [
        (0.0, "0"), (3, "3"), (0.25, "0.25"), (-1.5, "-1.5"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"), (1e300, "1e+300"),
    ])
    func numbersAreExact(_ value: Double, _ expected: String) {
        #expect(ExpositionWriter.number(value) == expected)
    }

    @Test func concurrentIncrementsAreAllCounted() async {
        let registry = PrometheusRegistry()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<1_000 {
                        Counter(label: "n", factory: registry).increment()
                        FloatingPointCounter(label: "f", factory: registry).increment(by: 0.5)
                        Timer(label: "t", factory: registry).recordNanoseconds(1)
                    }
                }
            }
        }
        #expect(text(registry).contains("n_total 8000\n"))
        #expect(text(registry).contains("f_total 4000\n"))
        #expect(text(registry).contains("t_seconds_count 8000\n"))
    }

    @Test func everyLineIsWellFormed() throws {
        let registry = PrometheusRegistry()
        registry.add(ProcessMetrics())
        Counter(label: "a b", dimensions: [("l-1", "x")], factory: registry).increment()
        Timer(label: "t", factory: registry).recordSeconds(1)
        let sample = try Regex(#"^[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\.)*",?)*\})? (NaN|[+-]Inf|-?[0-9.e+-]+)$"#)
        let comment = try Regex(#"^# (HELP|TYPE) [a-zA-Z_:][a-zA-Z0-9_:]* .+$"#)
        #expect(text(registry).hasSuffix("\n"))
        for line in text(registry).split(separator: "\n") {
            #expect(try line.hasPrefix("#") ? comment.wholeMatch(in: line) != nil : sample.wholeMatch(in: line) != nil, "\(line)")
        }
    }

    @Test func theVersionIsALabel() {
        let registry = PrometheusRegistry()
        registry.add(BuildInfo(version: "1.2.3-rc\"1"))
        let expected = [
            "# HELP docket_build_info The version that runs.", "# TYPE docket_build_info gauge", #"docket_build_info{version="1.2.3-rc\"1"} 1"#,
        ]
        #expect(text(registry).split(separator: "\n").prefix(3).map(String.init) == expected)
    }

    @Test func processMetricsReadThisProcess() throws {
        #expect(try #require(ProcessMetrics.residentBytes()) > 1_000_000)
        #expect(try #require(ProcessMetrics.cpuSeconds()) >= 0)
        #expect(try #require(ProcessMetrics.openDescriptors()) >= 3)
    }
}
