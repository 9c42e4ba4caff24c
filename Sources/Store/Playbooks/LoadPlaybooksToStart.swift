public import Domain
public import Postgres

/// The active plans for what happened to a ticket of a type, in the order of their names.
public struct LoadPlaybooksToStart: Statement {
    public typealias Row = Playbook

    public static let sql = """
        \(PlaybookContent.select) AND trigger = $2 AND active AND (ticket_types = '{}' OR $3 = ANY (ticket_types)) ORDER BY name LIMIT \(PlaybookContent.startLimit)
        """
    let tenant: TenantID
    let trigger: PlaybookTrigger
    let ticketType: String

    public init(tenant: TenantID, trigger: PlaybookTrigger, ticketType: String) {
        self.tenant = tenant
        self.trigger = trigger
        self.ticketType = ticketType
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(trigger.rawValue)
        binder.append(ticketType)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Playbook {
        try PlaybookContent.decode(row)
    }
}

/// The active plans for breaches, in the order of their names: what processes that record breaches know of a tenant.
public struct LoadBreachPlaybooks: Statement {
    public typealias Row = Playbook

    public static let sql = """
        \(PlaybookContent.select) AND trigger = 'breached' AND active ORDER BY name LIMIT \(PlaybookContent.maximumForBreaches)
        """
    let tenant: TenantID

    public init(tenant: TenantID) {
        self.tenant = tenant
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Playbook {
        try PlaybookContent.decode(row)
    }
}

/// How many active plans for breaches there are beside one.
public struct CountBreachPlaybooks: Statement {
    public static let sql = """
        SELECT count(*) FROM docket.playbook WHERE tenant_id = $1 AND trigger = 'breached' AND active AND id IS DISTINCT FROM $2
        """
    let tenant: TenantID
    let except: PlaybookID?

    public init(tenant: TenantID, except: PlaybookID?) {
        self.tenant = tenant
        self.except = except
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(except)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Int {
        Int(try row.decode(Int64.self, at: 0))
    }
}
