public import Domain
public import Postgres

/// When a tenant's tickets move on by themselves. No row where there is no such tenant.
public struct LoadLifecycleSettings: Statement {
    public typealias Row = LifecycleSettings
    public static let sql = """
        SELECT close_resolved_after_days, archive_closed_after_days, warn_before_closing_days, waiting_load_percent
        FROM docket.tenant_configuration WHERE tenant_id = $1
        """
    let tenant: TenantID

    public init(tenant: TenantID) {
        self.tenant = tenant
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> LifecycleSettings {
        var columns = ColumnReader(row)
        return LifecycleSettings(
            closeResolvedAfterDays: try columns.nextOptional(Int32.self).map { Int($0) },
            archiveClosedAfterDays: try columns.nextOptional(Int32.self).map { Int($0) },
            warnBeforeClosingDays: try columns.nextOptional(Int32.self).map { Int($0) },
            waitingLoadPercent: Int(try columns.next(Int16.self))
        )
    }
}

/// Sets it. The configuration gets a new version, so that whoever knows the old one reads again.
public struct PutLifecycleSettings: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.tenant_configuration
        SET close_resolved_after_days = $2, archive_closed_after_days = $3, warn_before_closing_days = $4, waiting_load_percent = $5,
            version = version + 1
        WHERE tenant_id = $1
        """
    let tenant: TenantID
    let settings: LifecycleSettings

    public init(tenant: TenantID, settings: LifecycleSettings) {
        self.tenant = tenant
        self.settings = settings
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(settings.closeResolvedAfterDays.map { Int32(clamping: $0) })
        binder.append(settings.archiveClosedAfterDays.map { Int32(clamping: $0) })
        binder.append(settings.warnBeforeClosingDays.map { Int32(clamping: $0) })
        binder.append(Int16(clamping: settings.waitingLoadPercent))
    }
}
