public import Courier
public import Dispatcher
public import Logging
public import Scheduler
public import UseCases

/// Builds the engines on a role's way to the database. The same in the four executables and in `docket dev`.
public enum Engines {
    public static func dispatcher(_ role: RoleRuntime, logger: Logger) -> DispatcherService {
        DispatcherService(environment: role.environment, wakeUps: role.wakeUps, logger: logger)
    }

    public static func scheduler(_ role: RoleRuntime, configuration: ProcessConfiguration, logger: Logger) -> SchedulerService {
        var settings = SchedulerConfiguration()
        settings.retentionDays = configuration.retentionDays
        return SchedulerService(environment: role.environment, wakeUps: role.wakeUps, configuration: settings, logger: logger)
    }

    /// - Throws: `MailError` for a mail server that cannot be used.
    public static func courier(
        _ role: RoleRuntime,
        configuration: ProcessConfiguration,
        masterKeys: MasterKeyRing,
        logger: Logger
    ) throws -> CourierService {
        let vault = WebhookSecretVault(SecretBox(masterKeys))
        let opener = WebhookSecretOpener { sealed, tenant, endpoint in
            WebhookSecret(try vault.open(sealed, of: endpoint, in: tenant).revealed)
        }
        var settings = CourierConfiguration()
        settings.retentionDays = configuration.retentionDays
        return CourierService(
            deliveries: Deliveries(database: role.environment.database),
            wakeUps: role.wakeUps,
            webhooks: HTTPWebhookTransport(egress: EgressGuard(policy: egressPolicy(configuration))),
            secrets: opener,
            mail: try configuration.mail.map { (transport: try SMTPTransport(configuration: $0.smtp), sender: $0.sender) },
            configuration: settings,
            logger: logger
        )
    }

    /// Where webhooks may go: to the public internet over https; in development to this machine as well.
    static func egressPolicy(_ configuration: ProcessConfiguration) -> EgressPolicy {
        configuration.allowsLoopbackEgress ? .development : .strict
    }
}
