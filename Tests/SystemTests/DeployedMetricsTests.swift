import Foundation
import TestSupport
import Testing

extension SystemTests {
    /// The alerts and the dashboard of `deploy/` ask for metrics that running executables expose, under labels that they have.
    @Suite("Deployed metrics")
    struct DeployedMetricsTests {
        /// An expression of PromQL, as far as the names in it go.
        struct Expression {
            /// Functions, operators and keywords; whatever else is a name must be a metric's.
            private static let words: Set<String> = [
                "sum", "max", "min", "count", "rate", "increase", "changes", "absent", "histogram_quantile", "by", "and", "or",
            ]
            private(set) var metrics: Set<String> = []
            private(set) var labels: Set<String> = []

            init(_ text: String) {
                // What is in quotes and in brackets holds values and durations.
                var rest = text.replacing(/"[^"]*"/, with: "").replacing(/\[[^\]]*\]/, with: "")
                for match in rest.matches(of: /\{([^}]*)\}|\bby \(([^)]*)\)/) {
                    for list in [match.1, match.2].compactMap(\.self) { labels.formUnion(Self.names(in: list)) }
                }
                rest = rest.replacing(/\{[^}]*\}/, with: "").replacing(/\bby \([^)]*\)/, with: "")
                metrics = Self.names(in: rest[...]).subtracting(Self.words)
            }

            private static func names(in text: Substring) -> Set<String> {
                Set(text.matches(of: /[A-Za-z0-9_:.]+/).map { String($0.output) }.filter { $0.first?.isNumber == false })
            }
        }

        private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        /// What Prometheus adds itself.
        private static let ofPrometheus: (metrics: Set<String>, labels: Set<String>) = (["up"], ["job", "instance"])

        private static func text(_ path: String) throws -> String {
            try String(contentsOf: folder.appending(path: path), encoding: .utf8)
        }

        /// Each rule's name and expression: the file keeps both on lines of their own.
        private static func rules() throws -> [(name: Substring, expression: Substring)] {
            let lines = try text("deploy/prometheus/alerts.yml").split(separator: "\n").map { $0.drop { $0 == " " } }
            let names = lines.filter { $0.hasPrefix("- alert: ") }.map { $0.dropFirst(9) }
            let expressions = lines.filter { $0.hasPrefix("expr: '") && $0.hasSuffix("'") }.map { $0.dropFirst(7).dropLast() }
            try #require(names.count == expressions.count)
            return Array(zip(names, expressions))
        }

        private static func dashboardExpressions() throws -> [String] {
            func collect(_ value: Any) -> [String] {
                switch value {
                case let object as [String: Any]:
                    object.flatMap { key, value in key == "expr" ? [value as? String ?? ""] : collect(value) }
                case let list as [Any]: list.flatMap(collect)
                default: []
                }
            }
            return collect(try JSONSerialization.jsonObject(with: Data(try text("deploy/grafana/docket.json").utf8)))
        }

        @Test("PromQL is read as far as names go")
        func reading() {
            let expression = Expression(
                #"histogram_quantile(0.99, sum by (le, kind) (rate(a_bucket{route!="/v1/x", code=~"5.."}[5m]))) > 1e9 or absent(b)"#
            )
            #expect(expression.metrics == ["a_bucket", "b"])
            #expect(expression.labels == ["le", "kind", "route", "code"])
        }

        @Test("Whatever alerts and the dashboard ask for is exposed by the executables")
        func exposed() async throws {
            let rules = try Self.rules()
            let dashboard = try Self.dashboardExpressions()
            #expect(rules.count >= 15 && dashboard.count >= 40)
            try await TestDatabase.with { test in
                try await SystemDesk.with(try DeskDatabase(test)) { desk in
                    try await desk.startAll()
                    _ = try await TestTenant.make(in: test, slug: "acme")
                    let key = try await desk.operate("key", "create", "--tenant", "acme")
                    // A request, and a ticket that nobody can take: some metrics come with what they count.
                    let made = try await desk.client.send(
                        "POST",
                        desk.api + "/v1/tickets",
                        bearer: key,
                        json: #"{"subject":"x"}"#,
                        key: UUID().uuidString
                    )
                    #expect(made.status == 201)
                    func scrape() async throws -> String {
                        var text = ""
                        for role in Role.allCases {
                            text += String(decoding: try await desk.client.get(desk.admin(role, "/metrics")).body, as: UTF8.self)
                        }
                        return text
                    }
                    let isCounted = try await eventually { try await scrape().contains("docket_dispatcher_waits_recorded_total{") }
                    #expect(isCounted)
                    let exposition = try await scrape().split(separator: "\n")
                    let described = Set(exposition.filter { $0.hasPrefix("# HELP ") }.map { $0.split(separator: " ")[2] })
                    let typed = Set(exposition.filter { $0.hasPrefix("# TYPE ") }.map { $0.split(separator: " ")[2] })
                    #expect(typed.count >= 50 && typed.subtracting(described) == [], "every metric says what it is")
                    var metrics = Self.ofPrometheus.metrics
                    var labels = Self.ofPrometheus.labels
                    for line in try await scrape().split(separator: "\n") where !line.hasPrefix("#") {
                        metrics.insert(String(line.prefix { $0 != "{" && $0 != " " }))
                        labels.formUnion(line.matches(of: /([a-z_]+)="/).map { String($0.1) })
                    }
                    for expression in rules.map({ String($0.expression) }) + dashboard {
                        let asked = Expression(expression)
                        #expect(!asked.metrics.isEmpty, "\(expression)")
                        #expect(asked.metrics.subtracting(metrics) == [], "\(expression)")
                        #expect(asked.labels.subtracting(labels) == [], "\(expression)")
                    }
                }
            }
        }

        @Test("The alert on memory comes before the unit's limit ends the process")
        func memory() throws {
            let unit = try Self.text("deploy/systemd/docket@.service")
            let limit = try #require(unit.firstMatch(of: /\nMemoryMax=(\d+)M\n/).flatMap { Double($0.1) }) * 1_048_576
            let rule = try #require(try Self.rules().first { $0.name == "DocketMemoryHigh" })
            let threshold = try #require(rule.expression.split(separator: " ").last.flatMap { Double($0) })
            #expect(threshold < limit * 0.9 && threshold > limit * 0.5)
        }

        @Test("An alert on several kinds of processes does not wait for all of them: a sum with one that is gone is nothing")
        func missingKinds() throws {
            for rule in try Self.rules() { #expect(!rule.expression.contains(") + "), "\(rule.name)") }
        }

        @Test("docs/operations.md says of every alert what to do, and of no other")
        func runbook() throws {
            let names = Set(try Self.rules().map { String($0.name) })
            let page = try Self.text("docs/operations.md")
            let described = page.matches(of: /\n#### (Docket[A-Za-z]+)\n\n(.{80,})\n/).map { String($0.1) }
            #expect(Set(described) == names && described.count == names.count)
            let alerts = try Self.text("deploy/prometheus/alerts.yml")
            for name in names { #expect(alerts.contains("runbook: docs/operations.md#\(name.lowercased())\n"), "\(name)") }
        }
    }
}
