import Testing

@testable import Domain

/// Contradictions in policies (complaint D35), each with the smallest policy that has it.
@Suite("SLA linter") struct SLALintTests {
    private typealias Code = SLALintFinding.Code
    private static let now = Timestamp(microseconds: 1_700_000_000_000_000)

    private static func policy(_ metric: SLAMetric = .resolution, _ edit: (inout SLAPolicyDefinition) -> Void = { _ in }) -> SLAPolicyDefinition {
        var definition = SLAPolicyDefinition(name: "P", targets: [SLATarget(metric: metric, seconds: 3_600, mode: .calendar)])
        edit(&definition)
        return definition
    }

    private static func equals(_ field: String, _ value: String) -> TicketCondition { .field(field, .equals, .text(value)) }

    private static func states(_ states: TicketState...) -> TicketCondition { .field("state", .oneOf, .list(states.map(\.rawValue))) }

    private static func codes(_ definition: SLAPolicyDefinition, _ references: SLAPolicyLinter.References = .init()) -> [Code] {
        SLAPolicyLinter(references: references, now: now).lint([.init(position: 1, definition: definition)]).map(\.code)
    }

    struct Example: Sendable, CustomTestStringConvertible {
        let name: String
        let definition: SLAPolicyDefinition
        let codes: [SLALintFinding.Code]
        var testDescription: String { name }

        init(_ name: String, _ codes: SLALintFinding.Code..., definition: SLAPolicyDefinition) {
            self.name = name
            self.codes = codes
            self.definition = definition
        }
    }

    static let examples: [Example] = [
        Example("a plain policy", definition: policy()),
        Example("D35: start ⊂ stop", .startsStopped, definition: policy { $0.conditions = states(.resolved) }),
        Example(
            "D35: pause ⊄ start",
            .pauseCancels,
            definition: policy {
                $0.conditions = states(.new, .assigned, .inProgress)
                $0.pauses = [SLAPause(.resolution, category: .pending)]
            }
        ),
        Example(
            "D35: built-in pause ⊄ start",
            .pauseCancels,
            definition: policy(.agentWork) { $0.conditions = states(.new, .assigned, .inProgress) }
        ),
        Example(
            "a pause within the conditions",
            definition: policy {
                $0.conditions = .not(equals("state", "resolved"))
                $0.pauses = [SLAPause(.resolution, category: .pending)]
            }
        ),
        Example(
            "paused wherever it would run",
            .alwaysPaused,
            definition: policy {
                $0.pauses = [StateCategory.new, .open, .pending, .hold].map { SLAPause(.resolution, category: $0) }
            }
        ),
        Example("matches only where it is paused", .alwaysPaused, definition: policy(.agentWork) { $0.conditions = states(.waitingCustomer) }),
        Example(
            "matches only where it is paused or has stopped",
            .alwaysPaused,
            definition: policy(.requesterWait) { $0.conditions = states(.waitingCustomer, .resolved) }
        ),
        Example(
            "matches only where an option pauses it",
            .alwaysPaused,
            definition: policy(.firstResponse) {
                $0.conditions = states(.waitingCustomer)
                $0.options.firstResponsePausesInPending = true
            }
        ),
        Example("matches only where a clock of all unsolved states runs", definition: policy { $0.conditions = states(.waitingCustomer) }),
        Example("a pause where it stands anyway", .pauseWithoutEffect, definition: policy { $0.pauses = [SLAPause(.resolution, category: .solved)] }),
        Example("a pause in no state", .unknownState, definition: policy { $0.pauses = [SLAPause(.resolution, state: "sleeping")] }),
        Example("a pause of nothing", .metricWithoutTarget, definition: policy { $0.pauses = [SLAPause(.firstResponse, category: .pending)] }),
        Example(
            "always cancelled",
            .neverAttaches,
            definition: policy {
                $0.conditions = .all([equals("type", "incident"), equals("category", "test")])
                $0.cancelConditions = [equals("category", "test")]
            }
        ),
        Example("cancelled by everything", .neverAttaches, definition: policy { $0.cancelConditions = [.all([])] }),
        Example(
            "a cancel condition that the match excludes",
            .cancelNeverMet,
            definition: policy {
                $0.conditions = equals("category", "a")
                $0.cancelConditions = [equals("category", "b")]
            }
        ),
        Example("a cancel condition that nothing meets", .cancelNeverMet, definition: policy { $0.cancelConditions = [.any([])] }),
        Example("nothing matches", .neverMatches, definition: policy { $0.conditions = .all([equals("category", "a"), equals("category", "b")]) }),
        Example("an unknown field", .unknownField, definition: policy { $0.conditions = equals("catgory", "a") }),
        Example("a warning as it starts", .warningAtStart, definition: policy { $0.warnings = [.remaining(seconds: 3_600)] }),
        Example(
            "some priorities",
            .priorityWithoutTarget,
            definition: policy {
                $0.targets = [SLATarget(metric: .resolution, priority: .p1, seconds: 60, mode: .calendar)]
            }
        ),
        Example(
            "the only priority that matches",
            definition: policy {
                $0.conditions = .field("priority", .equals, .number(1))
                $0.targets = [SLATarget(metric: .resolution, priority: .p1, seconds: 60, mode: .calendar)]
            }
        ),
        Example(
            "a priority that does not match",
            .targetNeverUsed,
            definition: policy {
                $0.conditions = .field("priority", .atMost, .number(2))
                $0.targets += [SLATarget(metric: .resolution, priority: .p4, seconds: 60, mode: .calendar)]
            }
        ),
        Example(
            "a stage in which the policy matches nothing",
            .targetNeverUsed,
            definition: policy {
                $0.conditions = states(.new, .assigned)
                $0.targets += [SLAStage.confirm, .process].map { SLATarget(metric: .stage, stage: $0, seconds: 60, mode: .calendar) }
            }
        ),
        Example(
            "a stage that only other priorities reach",
            .targetNeverUsed,
            definition: policy {
                let urgent = TicketCondition.field("priority", .equals, .number(1))
                $0.conditions = .any([.all([states(.new, .assigned), urgent]), .all([states(.inProgress), .not(urgent)])])
                $0.targets = [
                    SLATarget(metric: .stage, seconds: 60, mode: .calendar),
                    SLATarget(metric: .stage, priority: .p1, stage: .process, seconds: 60, mode: .calendar),
                    SLATarget(metric: .stage, priority: .p2, stage: .process, seconds: 60, mode: .calendar),
                ]
            }
        ),
        Example(
            "every stage",
            definition: policy {
                $0.targets += SLAStage.allCases.map { SLATarget(metric: .stage, stage: $0, seconds: 60, mode: .calendar) }
            }
        ),
        Example("no stage at all", .startsStopped, definition: policy(.stage) { $0.conditions = states(.closed, .archived) }),
        Example(
            "P1 slower than P2",
            .priorityInverted,
            definition: policy {
                $0.targets += [SLATarget(metric: .resolution, priority: .p1, seconds: 7_200, mode: .calendar)]
            }
        ),
        Example(
            "a response after the resolution",
            .responseAfterResolution,
            definition: policy {
                $0.targets += [SLATarget(metric: .firstResponse, seconds: 7_200, mode: .calendar)]
            }
        ),
        Example(
            "two bands from one point",
            .penaltyOverlap,
            definition: policy {
                $0.penalties = [1, 2].map { SLAPenaltyBand(metric: .resolution, overSeconds: 60, amount: $0, currency: "EUR") }
            }
        ),
        Example(
            "worse costs less",
            .penaltyDecreasing,
            definition: policy {
                $0.penalties = [(60, 9), (600, 3)].map { SLAPenaltyBand(metric: .resolution, overSeconds: $0.0, amount: $0.1, currency: "EUR") }
            }
        ),
        Example(
            "two currencies",
            .penaltyCurrencies,
            definition: policy {
                $0.penalties = [(60, "EUR"), (600, "CNY")].map {
                    SLAPenaltyBand(metric: .resolution, overSeconds: $0.0, amount: $0.0, currency: $0.1)
                }
            }
        ),
        Example(
            "a penalty for nothing",
            .metricWithoutTarget,
            definition: policy {
                $0.penalties = [SLAPenaltyBand(metric: .agentWork, overSeconds: 0, amount: 1, currency: "EUR")]
            }
        ),
        Example(
            "measured twice",
            .measureTwice,
            definition: policy {
                $0.measures = [9_000, 9_500].map { SLAPerformanceMeasure(metric: .resolution, targetBasisPoints: $0) }
            }
        ),
        Example(
            "business hours of nobody",
            .noCalendar,
            definition: policy {
                $0.targets = [SLATarget(metric: .resolution, seconds: 60, mode: .business)]
            }
        ),
        Example("refused by the API too", .invalid, definition: policy { $0.targets = [] }),
    ]

    @Test("Each contradiction is found, and nothing else", arguments: examples)
    func table(_ example: Example) {
        #expect(Self.codes(example.definition) == example.codes)
    }

    @Test("A target beyond what the calendar's hours give in ten years; calendars and chains that there are not")
    func references() throws {
        let calendar = CalendarID(high: 1, low: 1)
        var definition = CalendarDefinition(zone: "UTC")
        definition.weekly = [.monday: [WallInterval(start: 9 * 3_600, end: 10 * 3_600)]]
        let known = SLAPolicyLinter.References(calendars: [calendar: try BusinessCalendar(definition, zones: ZoneFiles())], chains: [:])
        func business(_ seconds: Int64, _ calendar: CalendarID) -> SLAPolicyDefinition {
            Self.policy {
                $0.targets = [SLATarget(metric: .resolution, seconds: seconds, mode: .business)]
                $0.calendar = calendar
            }
        }
        // 52 hours a year.
        #expect(Self.codes(business(400 * 3_600, calendar), known) == [])
        #expect(Self.codes(business(600 * 3_600, calendar), known) == [.targetUnreachable])
        #expect(Self.codes(business(60, CalendarID(high: 2, low: 2)), known) == [.unknownCalendar])
        let chain = EscalationChainID(high: 1, low: 1)
        #expect(Self.codes(Self.policy { $0.chain = chain }, known) == [.unknownChain])
        for (mode, named, codes) in [(.business, nil, [.noCalendar]), (.business, calendar, []), (.wall, nil, [])]
            as [(EscalationLevel.Mode, CalendarID?, [Code])]
        {
            let levels = [EscalationLevel(targets: [.supervisor], timeout: 60), EscalationLevel(targets: [.supervisor], timeout: 60, mode: mode)]
            let chains = SLAPolicyLinter.References(calendars: known.calendars, chains: [chain: EscalationChain(version: 1, levels: levels)])
            let policy = Self.policy {
                $0.chain = chain
                $0.calendar = named
            }
            #expect(Self.codes(policy, chains) == codes)
        }
    }

    @Test("A policy that an earlier one takes every ticket from, and one whose place nobody chose")
    func order() {
        func entry(_ position: Int, _ conditions: TicketCondition) -> SLAPolicyLinter.Entry {
            .init(position: position, definition: Self.policy { $0.conditions = conditions })
        }
        let linter = SLAPolicyLinter(now: Self.now)
        func codes(_ entries: SLAPolicyLinter.Entry...) -> [[SLALintFinding.Code]] {
            let findings = linter.lint(entries)
            return entries.indices.map { index in findings.filter { $0.policy == index }.map(\.code) }
        }
        let (a, b) = (Self.equals("category", "a"), Self.equals("category", "b"))
        #expect(codes(entry(2, a), entry(1, .all([]))) == [[.shadowed], []])
        #expect(codes(entry(1, a), entry(2, .all([]))) == [[], []])
        #expect(codes(entry(1, .any([a, b])), entry(2, .all([b, Self.equals("type", "incident")]))) == [[], [.shadowed]])
        #expect(codes(entry(1, a), entry(2, b)) == [[], []])
        #expect(codes(entry(1, a), entry(1, b)) == [[], []])
        #expect(codes(entry(1, a), entry(1, Self.equals("type", "incident"))) == [[], [.samePosition]])
        let urgent = TicketCondition.field("priority", .atMost, .number(2))
        #expect(codes(entry(1, urgent), entry(2, .field("priority", .equals, .number(1)))) == [[], [.shadowed]])
        #expect(codes(entry(1, .any([urgent, .field("priority", .atLeast, .number(3))])), entry(2, a)) == [[], [.shadowed]])
    }

    private static let a = equals("category", "a")

    /// Cancel conditions that only together leave no ticket, and those that leave some.
    static let covers: [(covers: Bool, conditions: TicketCondition, cancel: [TicketCondition])] = [
        (true, .all([]), [a, .not(a)]),
        (true, .all([]), [.field("category", .isSet, .flag(true)), .field("category", .isSet, .flag(false))]),
        (true, .all([]), [.field("fields.seats", .isSet, .flag(true)), .field("fields.seats", .isSet, .flag(false))]),
        (false, .all([]), [a, equals("category", "b")]),
        (true, .field("category", .oneOf, .list(["a", "b"])), [a, equals("category", "b")]),
        (true, .all([]), [.field("priority", .atMost, .number(2)), .field("priority", .atLeast, .number(3))]),
        (false, .all([]), [.field("priority", .atMost, .number(2)), .field("priority", .atLeast, .number(4))]),
        (true, .all([]), [.field("weight", .atMost, .number(5)), .field("weight", .atLeast, .number(6))]),
        (false, .all([]), [.field("weight", .atMost, .number(5)), .field("weight", .atLeast, .number(7))]),
        (false, .all([]), [.field("impact", .atMost, .number(1)), .field("impact", .atLeast, .number(2))]),
        (true, .field("impact", .isSet, .flag(true)), [.field("impact", .atMost, .number(1)), .field("impact", .atLeast, .number(2))]),
        // A field of a tenant's own may hold text, or a decimal between the two.
        (false, .field("fields.n", .isSet, .flag(true)), [.field("fields.n", .atMost, .number(1)), .field("fields.n", .atLeast, .number(2))]),
        (true, .not(equals("state", "closed")), [.not(states(.closed, .new)), .all([equals("state", "new"), a]), .not(a)]),
    ]

    @Test("Cancel conditions that cover every ticket only together", arguments: covers.indices)
    func covering(_ index: Int) {
        let (covers, conditions, cancel) = Self.covers[index]
        let policy = Self.policy {
            $0.conditions = conditions
            $0.cancelConditions = cancel
        }
        let findings = SLAPolicyLinter(now: Self.now).lint([.init(position: 1, definition: policy)])
        #expect(findings.contains { $0.code == .neverAttaches && $0.pointer == "/cancel_conditions" } == covers)
        #expect(findings.count == (covers ? 1 : 0))
    }

    @Test(
        "Values that no ticket has, alone and beside others",
        arguments: [
            .field("impact", .atLeast, .number(4)), .field("urgency", .equals, .number(0)), equals("primary_language", "pt-BR"),
            equals("primary_language", "PT"), .field("primary_language", .oneOf, .list(["pt-BR", "zh-Hant"])), equals("language", "pt-br"),
            equals("description", ""), .field("description", .contains, .text("")), equals("subject", ""), equals("state", "sleeping"),
            .field("subject", .isSet, .flag(false)), .field("primary_language", .contains, .text("t-")),
        ] as [TicketCondition]
    )
    func impossible(_ comparison: TicketCondition) {
        func findings(_ conditions: TicketCondition, cancel: [TicketCondition] = []) -> [SLALintFinding] {
            let policy = Self.policy {
                $0.conditions = conditions
                $0.cancelConditions = cancel
            }
            return SLAPolicyLinter(now: Self.now).lint([.init(position: 1, definition: policy)])
        }
        #expect(findings(comparison).first?.code == .neverMatches)
        #expect(findings(comparison).allSatisfy { $0.code != .impossibleValue })
        let beside = findings(.any([Self.a, comparison]))
        #expect(beside.map(\.code) == [.impossibleValue] && beside.first?.pointer == "/conditions/any/1")
        let cancel = findings(Self.a, cancel: [.all([Self.a, .not(comparison)])])
        #expect(cancel.map(\.code) == [.impossibleValue, .neverAttaches] && cancel.first?.pointer == "/cancel_conditions/0/all/1/not")
    }

    @Test(
        "Values that tickets have are no finding",
        arguments: [
            .field("impact", .atLeast, .number(3)), equals("primary_language", "pt"), .field("primary_language", .oneOf, .list(["pt-BR", "pt"])),
            equals("language", "pt-BR"), equals("description", " "), .field("fields.n", .equals, .text("")), .field("weight", .atLeast, .number(2)),
        ] as [TicketCondition]
    )
    func possible(_ comparison: TicketCondition) {
        #expect(Self.codes(Self.policy { $0.conditions = .any([comparison, .all([Self.a, comparison])]) }) == [])
    }

    @Test("Many fields with few values at once are judged as far as they can be")
    func manyValues() {
        let levels = ["impact", "urgency", "priority"].map { TicketCondition.not(.field($0, .equals, .number(2))) }
        let conditions = TicketCondition.all(levels + [Self.states(.new, .assigned), .not(.field("requester_vip", .equals, .flag(true))), Self.a])
        #expect(Self.codes(Self.policy { $0.conditions = .all([conditions, .not(Self.a)]) }) == [.neverMatches])
        #expect(Self.codes(Self.policy { $0.conditions = .all([conditions, .field("urgency", .atLeast, .number(4))]) }).first == .neverMatches)
    }

    @Test("A position that the API refuses", arguments: [(-1, false), (0, true), (1_000_000, true), (1_000_001, false)])
    func positions(_ position: Int, _ isTaken: Bool) {
        let findings = SLAPolicyLinter(now: Self.now).lint([.init(position: position, definition: Self.policy())])
        #expect(findings.map(\.code) == (isTaken ? [] : [.invalid]) && findings.allSatisfy { $0.pointer == "/position" })
    }

    @Test("What is proved of conditions is true of every ticket")
    func soundness() {
        let seed = UInt64.random(in: 0 ... .max)
        var random = RandomConditions(seed: seed)
        let reasoning = ConditionReasoning(lifecycle: .standard)
        var proved = 0
        for _ in 0..<4_000 {
            let (first, second) = (random.condition(depth: 2), random.condition(depth: 2))
            let (implies, excludes) = (reasoning.implies(first, second), reasoning.excludes([first, second]))
            guard implies || excludes else { continue }
            proved += 1
            for _ in 0..<60 {
                let fields = random.ticket()
                let (one, two) = (first.isMet(by: fields), second.isMet(by: fields))
                #expect(!implies || !one || two, "seed \(seed): \(first) does not imply \(second): \(fields)")
                #expect(!excludes || !(one && two), "seed \(seed): \(first) and \(second) meet: \(fields)")
            }
        }
        #expect(proved > 100)
    }
}
