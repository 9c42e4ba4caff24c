import Deployment
import Domain
import Store
import TestSupport
import Testing

@testable import UseCases

/// The ledger and the monthly statement of a contract (features.md A5.8).
@Suite struct ContractStatementTests {
    @Test("Bands, the cap as a line of its own, and what falls under no contract beside it; computing again changes nothing")
    func statement() async throws {
        try await PenaltyDesk.with { desk in
            let acme = try await desk.addOrganization("Acme")
            let ada = try await desk.addRequester(of: acme)
            try await desk.addContract("C-1", of: acme, cap: 1_000)
            for hours in [0.5, 2, 5, 5] { try await desk.late(byHours: hours, requester: ada) }
            try await desk.late(byHours: 2)
            let statement = try await desk.statement()
            let sum = try #require(statement.contracts.first)
            #expect(statement.contracts.count == 1 && sum.contract.number == "C-1" && sum.organizationID == acme && sum.currency == "EUR")
            #expect(sum.bands.map(\.overSeconds) == [0, 3_600, 14_400] && sum.bands.map(\.tally.amount) == [100, 500, 4_000])
            #expect(sum.bands.map(\.tally.count) == [1, 1, 2])
            #expect(sum.tally.amount == 4_600 && sum.capReduction == 3_600 && sum.payable == 1_000)
            #expect(statement.totals.map(\.tally.amount) == [500] && statement.lines.count == 5)
            let csv = String(decoding: statement.csv.bytes, as: UTF8.self).split(separator: "\r\n")
            #expect(csv.count == 7 && csv.last?.hasSuffix(",-3600,EUR,no,\(acme),\(sum.contract.id),C-1,cap,0") == true)
            let rows = try await desk.rows()
            try await desk.database.sql("UPDATE docket.sla_penalty SET through_seq = 1")
            _ = try await desk.ledger.compute(try await desk.span(), in: desk.id)
            #expect(try await desk.rows() == rows)
            #expect(try await desk.statement() == statement)
            // A part of a contract has no cap; one contract's statement is it alone.
            let policy = try #require(statement.lines.first?.penalty.breach.policy.id)
            #expect(try await desk.statement(policy: policy).contracts.map(\.payable) == [4_600])
            let single = try await desk.statement(contract: sum.contract.id)
            #expect(single.contracts == statement.contracts && single.totals == [] && single.lines.count == 4)
        }
    }

    @Test("Period, currency and policies decide whether a contract applies; one that names the policy goes before one for all")
    func scope() async throws {
        try await PenaltyDesk.with { desk in
            let acme = try await desk.addOrganization("Acme")
            let ada = try await desk.addRequester(of: acme)
            try await desk.addContract("ended", of: acme, from: "now() - interval '300 days'", to: "now() - interval '100 days'")
            try await desk.addContract("dollars", of: acme, currency: "USD")
            try await desk.late(byHours: 2, requester: ada)
            let none = try await desk.statement()
            #expect(none.contracts == [] && none.totals.map(\.requesterID) == [ada])
            try await desk.addContract("all", of: acme)
            #expect(try await desk.statement().contracts.map(\.contract.number) == ["all"])
            let policy = try #require(try await desk.lines().first?.penalty.breach.policy.id)
            try await desk.addContract("named", of: acme, policies: "'{\(policy)}'")
            #expect(try await desk.statement().contracts.map(\.contract.number) == ["named"])
            #expect(try await desk.statement().totals == [])
        }
    }

    @Test("A breach is the customer's whose ticket it was then, whoever has the requester now")
    func moves() async throws {
        try await PenaltyDesk.with { desk in
            let (acme, globex) = (try await desk.addOrganization("Acme"), try await desk.addOrganization("Globex"))
            for (number, organization) in [("A", acme), ("G", globex)] { try await desk.addContract(number, of: organization) }
            let ada = try await desk.addRequester(of: acme)
            let ticket = try await desk.create(requester: ada)
            try await desk.advance(hours: 4)
            try await desk.fire()
            _ = try await desk.directory.updateRequester(ada, in: desk.id) { content in
                var content = content
                content.organizationID = globex
                return content
            }
            while try await Reevaluations(environment: desk.scheduler).step(in: desk.id).end == .more {}
            _ = try await desk.ledger.compute(try await desk.span(), in: desk.id)
            #expect(try await desk.lines().map(\.penalty.breach.organization) == [acme])
            try await desk.late(byHours: 2, requester: ada)
            #expect(try await desk.statement().contracts.map(\.contract.number) == ["A", "G"])
            #expect(try await TicketQueries(environment: desk.api).ticket(ticket, in: desk.id).content.organizationID == globex)
        }
    }

    /// Instants around the ends of months, as walls and UTC show them, and the month of each where people live.
    @Test(
        "A month and its cap end at the midnight of the statement's zone, not at that of UTC",
        arguments: [
            // Eight hours ahead of UTC: the month begins on the afternoon before.
            MonthEnd("Asia/Shanghai", ["2026-03-31T15:59:59Z", "2026-03-31T16:00:00Z", "2026-04-30T15:59:59Z", "2026-04-30T16:00:00Z"]),
            // Behind it: the last evening is the next month's first morning in UTC.
            MonthEnd("America/Los_Angeles", ["2026-04-01T06:59:59Z", "2026-04-01T07:00:00Z", "2026-05-01T06:59:59Z", "2026-05-01T07:00:00Z"]),
            // An hour is lost within the month before, and the offset is another at each end.
            MonthEnd("Europe/Berlin", ["2026-03-31T21:59:59Z", "2026-03-31T22:00:00Z", "2026-04-30T21:59:59Z", "2026-04-30T22:00:00Z"]),
            MonthEnd("UTC", ["2026-03-31T23:59:59Z", "2026-04-01T00:00:00Z", "2026-04-30T23:59:59Z", "2026-05-01T00:00:00Z"]),
            // The first of the month has no midnight: clocks go from 23:59:59 to 01:00.
            MonthEnd(
                "America/Asuncion",
                month: "2023-10",
                ["2023-10-01T03:59:59Z", "2023-10-01T04:00:00Z", "2023-11-01T02:59:59Z", "2023-11-01T03:00:00Z"]
            ),
        ]
    )
    func monthsEnd(_ end: MonthEnd) async throws {
        try await PenaltyDesk.with { desk in
            let acme = try await desk.addOrganization("Acme")
            let ada = try await desk.addRequester(of: acme)
            let line = try await desk.late(byHours: 5, requester: ada)
            try await desk.database.sql(
                """
                INSERT INTO docket.contract (tenant_id, id, organization_id, number, name, valid_from, valid_to, currency, policy_ids, monthly_cap, created_at,
                    updated_at)
                VALUES ('\(desk.id)', gen_random_uuid(), '\(acme)', 'C-1', 'C-1', '2020-01-01', '2030-01-01', 'EUR', '{}', 3000, docket.now(), docket.now())
                """
            )
            // Of each instant two breaches: two of 2000 are more than the cap.
            for (index, instant) in end.instants.enumerated() {
                for copy in 0..<2 {
                    try await desk.database.sql(
                        """
                        INSERT INTO docket.sla_penalty SELECT (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(),
                            'breached_at', '\(instant)'::timestamptz, 'target_version', \(10 + 2 * index + copy)))).*
                        FROM docket.sla_penalty p WHERE p.id = '\(line.penalty.id)'
                        """
                    )
                }
            }
            try await desk.database.sql("DELETE FROM docket.sla_penalty WHERE id = '\(line.penalty.id)'")
            let penalties = Penalties(environment: desk.api, zones: ZoneFiles())
            let month = try #require(CivilMonth(end.month))
            let before = try #require(CivilMonth(year: month.year, month: month.month - 1))
            let after = try #require(CivilMonth(year: month.year, month: month.month + 1))
            for (month, shown) in [(before, 0..<1), (month, 1..<3), (after, 3..<4)] {
                let statement = try await penalties.statement(of: month, zone: end.zone, in: desk.id)
                let times = Set(statement.lines.map { $0.penalty.breach.breachedAt })
                #expect(times == Set(end.instants[shown].compactMap { Timestamp($0) }) && times.count == shown.count, "\(month)")
                let sum = try #require(statement.contracts.first)
                #expect(sum.tally.amount == Int64(shown.count) * 4_000 && sum.payable == 3_000 && sum.capReduction == sum.tally.amount - 3_000)
            }
        }
    }

    /// Four instants: the last of the month before, the first and the last of the month, and the first of the next.
    struct MonthEnd: Sendable, CustomTestStringConvertible {
        let zone: String
        let month: String
        let instants: [String]

        init(_ zone: String, month: String = "2026-04", _ instants: [String]) {
            self.zone = zone
            self.month = month
            self.instants = instants
        }

        var testDescription: String { "\(zone) \(month)" }
    }

    @Test("More entries than a statement takes are told of the parameter that would make them fewer")
    func tooMany() async throws {
        try await PenaltyDesk.with { desk in
            let acme = try await desk.addOrganization("Acme")
            let ada = try await desk.addRequester(of: acme)
            try await desk.addContract("C-1", of: acme)
            let line = try await desk.late(byHours: 2, requester: ada)
            let month = try #require(CivilMonth(String(line.penalty.breach.breachedAt.description.prefix(7))))
            let contract = try #require(line.contract?.id)
            try await desk.database.sql(
                """
                INSERT INTO docket.sla_penalty SELECT (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'target_version', n + 10))).*
                FROM docket.sla_penalty p, generate_series(1, \(PenaltyStatement.maximumLines)) n WHERE p.id = '\(line.penalty.id)'
                """
            )
            let policy = line.penalty.breach.policy.id
            let cases: [(SLAPolicyID?, ContractID?, String)] = [
                (nil, nil, "/contract_id"), (nil, contract, "/policy_id"), (policy, nil, "/contract_id"), (policy, contract, "/month"),
            ]
            for (policy, contract, pointer) in cases {
                let error = await #expect(throws: UseCaseError.self) {
                    _ = try await desk.penalties.statement(of: month, zone: "UTC", policy: policy, contract: contract, in: desk.id)
                }
                guard case .invalid(let problems) = error else {
                    Issue.record("\(String(describing: error))")
                    continue
                }
                #expect(problems.map(\.pointer) == [pointer] && problems.map(\.code) == [.tooMany])
            }
        }
    }

    @Test("Two contracts that would both apply are refused")
    func rivals() async throws {
        try await PenaltyDesk.with { desk in
            let (acme, globex) = (try await desk.addOrganization("Acme"), try await desk.addOrganization("Globex"))
            let now = try await desk.api.clock.read()
            let policies = try await desk.database.sql("SELECT id FROM docket.sla_policy").compactMap { SLAPolicyID($0[0]) }
            func contract(_ number: String, _ organization: OrganizationID, days: Range<Int64>?, _ policies: [SLAPolicyID] = []) -> ContractContent {
                let (from, to) = (days?.lowerBound ?? 0, days?.upperBound)
                return ContractContent(
                    organizationID: organization,
                    number: number,
                    name: number,
                    validFrom: now.adding(microseconds: from * 86_400_000_000),
                    validTo: to.map { now.adding(microseconds: $0 * 86_400_000_000) },
                    currency: "EUR",
                    policies: policies
                )
            }
            _ = try await desk.directory.createContract(contract("1", acme, days: 0..<10), in: desk.id)
            _ = try await desk.directory.createContract(contract("2", acme, days: 10..<20), in: desk.id)
            _ = try await desk.directory.createContract(contract("3", globex, days: nil), in: desk.id)
            _ = try await desk.directory.createContract(contract("4", acme, days: 0..<20, policies), in: desk.id)
            for rival in [contract("5", acme, days: 9..<11), contract("6", globex, days: 100..<101), contract("7", acme, days: nil, policies)] {
                await #expect(throws: UseCaseError.self) { _ = try await desk.directory.createContract(rival, in: desk.id) }
            }
            #expect(try await desk.database.sql("SELECT count(*) FROM docket.contract") == [["4"]])
        }
    }
}

extension PenaltyDesk {
    var directory: DirectoryCommands {
        let tools = DirectoryTools(zones: OnlyUTC(), secrets: WebhookSecretVault(SecretBox(current: MasterKey()))) { _ in nil }
        return DirectoryCommands(environment: api, tools: tools)
    }

    func addOrganization(_ name: String) async throws -> OrganizationID {
        guard case .done(let made) = try await directory.createOrganization(OrganizationContent(name: name), in: id) else { throw UseCaseError.busy }
        return made.id
    }

    func addRequester(of organization: OrganizationID) async throws -> RequesterID {
        let email = "\(IdentifierSource().next() as RequesterID)@example.com"
        let content = RequesterContent(name: "R", email: email, organizationID: organization)
        guard case .done(let made) = try await directory.createRequester(content, in: id) else { throw UseCaseError.busy }
        return made.id
    }

    /// Behind the rules, which know of no contract in the past.
    func addContract(
        _ number: String,
        of organization: OrganizationID,
        cap: Int? = nil,
        currency: String = "EUR",
        policies: String = "'{}'",
        from: String = "now() - interval '60 days'",
        to: String = "now() + interval '300 days'"
    ) async throws {
        try await database.sql(
            """
            INSERT INTO docket.contract (tenant_id, id, organization_id, number, name, valid_from, valid_to, currency, policy_ids, monthly_cap, created_at,
                updated_at)
            VALUES ('\(id)', gen_random_uuid(), '\(organization)', '\(number)', '\(number)', docket.\(from), docket.\(to), '\(currency)', \(policies),
                \(cap.map(String.init) ?? "NULL"), docket.now(), docket.now())
            """
        )
    }

    /// That of all times near the present one.
    func statement(policy: SLAPolicyID? = nil, contract: ContractID? = nil) async throws -> PenaltyStatement {
        let lines = try await penalties.list(try await span(), in: id, policy: policy, contract: contract, limit: 1_000)
        let month = try #require(CivilMonth("2026-10"))
        return try #require(
            PenaltyStatement(
                month: month,
                zone: "UTC",
                span: Timestamp(microseconds: 0)..<Timestamp(microseconds: 1),
                lines: lines,
                unassessed: 0,
                isWhole: policy == nil
            )
        )
    }
}
