public import Domain
import Store

/// A tenant's promises: policies to choose from, and every version that running clocks may name.
public struct PromiseConfiguration: Sendable {
    /// The newest version of each active policy.
    public let policies: [SLAPolicy]
    public let matcher: SLAPolicyMatcher
    public let engine: SLAEngine
    /// The newest version of each calendar.
    public let calendars: [CalendarID: CalendarReference]
    /// The newest compiled version of each calendar.
    public let compiled: [CalendarID: BusinessCalendar]
    /// The newest version of each escalation chain: what a new run copies.
    public let chains: [EscalationChainID: EscalationChain]
    /// The on-call rotas; one whose zone is not known any more is left out.
    public let rotas: [RotaID: KnownRota]
    /// Whom a chain tells that finds nobody in a whole round.
    public let fallbackContact: String?
    /// The organizations that have a tier or a calendar.
    public let organizations: [OrganizationID: OrganizationFacts]
    /// The tenant's own calendar: of targets for which nobody else names one.
    public let defaultCalendar: CalendarID?
    let zones: any TimeZoneSource
    /// What tickets may not have heard of yet.
    let edits: PromiseEdits

    /// A rota with the clocks that it hands over by.
    public struct KnownRota: Sendable {
        public let name: String
        public let rota: OnCallRota
        let rules: TimeZoneRules

        /// nil before the rotation begins.
        public func shift(at time: Timestamp) -> OnCallShift? { rota.shift(at: time, zone: rules) }
    }

    /// Whether any policy is active: without one no ticket gets clocks.
    public let hasPolicies: Bool
    /// What it means to clocks that a waiting ticket is given to an agent.
    let assignment: SLATransition
    /// Whether tickets must be read with their descriptions to choose their policies.
    let looksAtDescriptions: Bool

    struct Handles {
        let policies: StatementHandle<LoadPolicies>
        let calendars: StatementHandle<LoadCalendarVersions>
        let zoneRules: StatementHandle<LoadZoneRules>
        let chains: StatementHandle<LoadEscalationChains>
        let rotas: StatementHandle<LoadOnCallRotas>
        let fallback: StatementHandle<LoadFallbackContact>
        let organizations: StatementHandle<LoadOrganizationFacts>
        let defaultCalendar: StatementHandle<LoadDefaultCalendar>

        /// - Parameter release: the machine's of the time zone database.
        init(tenant: TenantID, release: String?, adding unit: inout TenantUnit) {
            policies = unit.add(LoadPolicies(tenant: tenant))
            calendars = unit.add(LoadCalendarVersions(tenant: tenant))
            zoneRules = unit.add(LoadZoneRules(tenant: tenant, butOf: release))
            chains = unit.add(LoadEscalationChains(tenant: tenant))
            rotas = unit.add(LoadOnCallRotas(tenant: tenant))
            fallback = unit.add(LoadFallbackContact(tenant: tenant))
            organizations = unit.add(LoadOrganizationFacts(tenant: tenant))
            defaultCalendar = unit.add(LoadDefaultCalendar(tenant: tenant))
        }
    }

    init(handles: Handles, result: StoreResult, zones: any TimeZoneSource, lifecycle: Lifecycle) throws {
        let policies = try result.rows(handles.policies)
        let current = policies.filter(\.isCurrent).map(\.policy)
        self.policies = current
        matcher = SLAPolicyMatcher(current)
        looksAtDescriptions = matcher.looksAt(TicketContent.descriptionField)
        hasPolicies = !current.isEmpty
        var context = SLAContext()
        for row in policies {
            context.policies[row.policy.reference] = row.policy.definition
        }
        assignment = Self.assignment(versions: context.policies, current: current, lifecycle: lifecycle)
        let kept = Dictionary(try result.rows(handles.zoneRules).map { ($0.zone, $0.rules) }, uniquingKeysWith: { first, _ in first })
        let versions = try Self.calendars(try result.rows(handles.calendars), kept: kept, zones: zones)
        for (id, lineage) in versions {
            for calendar in lineage { context.calendars[CalendarReference(id: id, version: calendar.version)] = calendar }
        }
        compiled = versions.compactMapValues(\.last)
        calendars = Dictionary(uniqueKeysWithValues: compiled.map { ($0, CalendarReference(id: $0, version: $1.version)) })
        edits = PromiseEdits(policies: policies, calendars: compiled)
        engine = SLAEngine(context: context)
        rotas = Self.known(try result.rows(handles.rotas), zones: zones)
        self.zones = zones
        fallbackContact = try result.first(handles.fallback) ?? nil
        organizations = Dictionary(try result.rows(handles.organizations).map { ($0.id, $0.facts) }, uniquingKeysWith: { first, _ in first })
        defaultCalendar = try result.first(handles.defaultCalendar) ?? nil
        chains = Dictionary(try result.rows(handles.chains).map { ($0.id, $0.chain) }, uniquingKeysWith: { first, _ in first })
    }

    /// The compiled versions of each calendar, the newest last.
    ///
    /// - Parameter kept: the rules of zones in other releases than the machine's (decision 0028).
    private static func calendars(
        _ rows: [LoadCalendarVersions.Row],
        kept: [ZoneRelease: TimeZoneRules],
        zones: any TimeZoneSource
    ) throws -> [CalendarID: [BusinessCalendar]] {
        func rules(of row: LoadCalendarVersions.Row) throws -> TimeZoneRules {
            let known = row.timeZoneDatabase.flatMap { kept[ZoneRelease(zone: row.definition.zone, release: $0)] }
            guard let known else { return try zones.zone(named: row.definition.zone) }
            // Most rules are alike in all releases: then all tenants share the machine's.
            guard let present = try? zones.zone(named: row.definition.zone), present == known else { return known }
            return present
        }
        return try Dictionary(grouping: rows, by: \.id).mapValues { rows in
            let versions = try rows.sorted { $0.version < $1.version }.enumerated().map { index, row in
                // The first holds for all time before it too.
                CalendarVersion(
                    number: row.version,
                    effectiveFrom: index == 0 ? nil : row.effectiveFrom,
                    definition: row.definition,
                    zone: try rules(of: row)
                )
            }
            return try BusinessCalendar.lineage(of: versions)
        }
    }

    private static func known(_ rows: [LoadOnCallRotas.Row], zones: any TimeZoneSource) -> [RotaID: KnownRota] {
        var rotas: [RotaID: KnownRota] = [:]
        for row in rows {
            guard let rules = try? zones.zone(named: row.rota.zone) else { continue }
            rotas[row.id] = KnownRota(name: row.name, rota: row.rota, rules: rules)
        }
        return rotas
    }

    /// The same with other policies: what a proposal would make of it.
    init(_ present: PromiseConfiguration, proposing policies: [SLAPolicy], lifecycle: Lifecycle) {
        self.policies = policies
        matcher = SLAPolicyMatcher(policies)
        looksAtDescriptions = matcher.looksAt(TicketContent.descriptionField)
        hasPolicies = !policies.isEmpty
        var context = present.engine.context
        for policy in policies { context.policies[policy.reference] = policy.definition }
        assignment = Self.assignment(versions: context.policies, current: policies, lifecycle: lifecycle)
        engine = SLAEngine(context: context)
        edits = PromiseEdits()
        calendars = present.calendars
        compiled = present.compiled
        chains = present.chains
        rotas = present.rotas
        fallbackContact = present.fallbackContact
        organizations = present.organizations
        defaultCalendar = present.defaultCalendar
        zones = present.zones
    }

    private static func assignment(
        versions: [SLAPolicyReference: SLAPolicyDefinition],
        current: [SLAPolicy],
        lifecycle: Lifecycle
    ) -> SLATransition {
        SLATransition(from: .waitingAssignment, to: .assigned, lifecycle: lifecycle, versions: versions, current: current)
    }

    /// Who is on call at a time.
    func onCall(at time: Timestamp) -> [RotaID: AgentID] {
        rotas.compactMapValues { $0.shift(at: time)?.agent }
    }

    /// What applies to a ticket by the configuration as it is now.
    struct Applicable {
        let policy: SLAPolicyReference
        /// The calendar that applies with it (sla.md, Target).
        let calendar: CalendarReference?
        /// Whose calendar that is; nil without one.
        let calendarSource: SLACalendarChoice.Source?
        /// Which of the policy's cancel conditions is met; nil where none is.
        let cancelCondition: Int?
    }

    /// The tier of an organization; nil where it has none.
    func tier(of organization: OrganizationID?) -> String? {
        organization.flatMap { organizations[$0]?.tier }
    }

    /// A ticket as the conditions of policies see it.
    func fieldValues(of ticket: Ticket) -> [String: FieldValue] {
        ticket.fieldValues(tier: tier(of: ticket.content.organizationID))
    }

    /// The policy that matches a ticket, and what goes with it (sla.md, Policy and Target).
    ///
    /// - Returns: nil where no policy matches.
    func promise(for ticket: Ticket, queues: [QueueID: QueueConfiguration]) -> Applicable? {
        let fields = fieldValues(of: ticket)
        guard let policy = matcher.policy(for: fields) else { return nil }
        let chosen = calendar(of: ticket, policy: policy.definition.calendar, queues: queues)
        return Applicable(
            policy: policy.reference,
            calendar: chosen?.reference,
            calendarSource: chosen?.source,
            cancelCondition: SLAPolicyMatcher.cancelCondition(of: policy, metBy: fields)
        )
    }

    /// The newest version of the calendar that applies to a ticket, and whose it is (sla.md, Target); nil where nobody names one.
    ///
    /// - Parameter policy: the policy's calendar.
    func calendar(
        of ticket: Ticket,
        policy: CalendarID?,
        queues: [QueueID: QueueConfiguration]
    ) -> (reference: CalendarReference, source: SLACalendarChoice.Source)? {
        let choice = SLACalendarChoice(
            policy: policy,
            organization: ticket.content.organizationID.flatMap { organizations[$0]?.calendarID },
            queue: ticket.content.queueID.flatMap { queues[$0]?.calendarID },
            tenant: defaultCalendar
        )
        return choice.chosen.flatMap { chosen in calendars[chosen.calendar].map { ($0, chosen.source) } }
    }
}
