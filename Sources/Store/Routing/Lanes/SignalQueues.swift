public import Domain
public import Postgres

/// Says that a queue is worth a look: a ticket came, or something that lets one be assigned.
public struct SignalQueue: Statement {
    public typealias Row = NoRow
    public static let sql = "INSERT INTO docket.routing_signal (tenant_id, queue_id, id) VALUES ($1, $2, $3)"
    let tenant: TenantID
    let queue: QueueID
    let id: ID<SignalQueue>

    public init(tenant: TenantID, queue: QueueID, id: ID<SignalQueue>) {
        self.tenant = tenant
        self.queue = queue
        self.id = id
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(queue)
        binder.append(id)
    }
}

/// Says that every queue an agent serves and in which somebody waits is worth a look: the agent came online, has room again, or learnt something.
public struct SignalQueuesOfAgents: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.routing_signal (tenant_id, queue_id, id)
        SELECT DISTINCT ON (m.queue_id) $1, m.queue_id, $3::uuid FROM docket.queue_member m
        WHERE m.tenant_id = $1 AND m.agent_id = ANY ($2)
            AND EXISTS (SELECT FROM docket.routing_entry r WHERE r.tenant_id = $1 AND r.queue_id = m.queue_id)
        """
    let tenant: TenantID
    let agents: [AgentID]
    let id: ID<SignalQueue>

    public init(tenant: TenantID, agents: [AgentID], id: ID<SignalQueue>) {
        self.tenant = tenant
        self.agents = agents
        self.id = id
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(agents)
        binder.append(id)
    }
}

/// Says that every queue is worth a look in which somebody waits and which keeps a calendar's hours, or a ticket's site or an agent's shift does: the hours are
/// others.
public struct SignalQueuesOfCalendar: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.routing_signal (tenant_id, queue_id, id)
        SELECT $1, q.id, $3::uuid FROM docket.queue q
        WHERE q.tenant_id = $1 AND q.calendar_id = $2
            AND EXISTS (SELECT FROM docket.routing_entry r WHERE r.tenant_id = $1 AND r.queue_id = q.id)
        UNION
        SELECT $1, r.queue_id, $3::uuid FROM docket.site s JOIN docket.routing_entry r ON r.tenant_id = $1 AND r.site_id = s.id
        WHERE s.tenant_id = $1 AND s.calendar_id = $2
        UNION
        SELECT $1, m.queue_id, $3::uuid FROM docket.agent a JOIN docket.queue_member m ON m.tenant_id = $1 AND m.agent_id = a.id
        WHERE a.tenant_id = $1 AND a.calendar_id = $2
            AND EXISTS (SELECT FROM docket.routing_entry r WHERE r.tenant_id = $1 AND r.queue_id = m.queue_id)
        """
    let tenant: TenantID
    let calendar: CalendarID
    let id: ID<SignalQueue>

    public init(tenant: TenantID, calendar: CalendarID, id: ID<SignalQueue>) {
        self.tenant = tenant
        self.calendar = calendar
        self.id = id
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(calendar)
        binder.append(id)
    }
}

/// Says that every queue in which somebody waits for a site is worth a look: the site keeps other hours.
public struct SignalQueuesOfSite: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.routing_signal (tenant_id, queue_id, id)
        SELECT DISTINCT $1, r.queue_id, $3::uuid FROM docket.routing_entry r WHERE r.tenant_id = $1 AND r.site_id = $2
        """
    let tenant: TenantID
    let site: SiteID
    let id: ID<SignalQueue>

    public init(tenant: TenantID, site: SiteID, id: ID<SignalQueue>) {
        self.tenant = tenant
        self.site = site
        self.id = id
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(site)
        binder.append(id)
    }
}
