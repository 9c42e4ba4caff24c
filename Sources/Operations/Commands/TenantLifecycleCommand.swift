import ArgumentParser
import Domain
import UseCases

/// `docket tenant lifecycle`.
struct TenantLifecycleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lifecycle",
        abstract: "Shows or sets when tickets are closed and archived by themselves, and what they take while they wait.",
        discussion: "Days have 24 hours. It holds for tickets that were resolved or closed before, too; schedulers look once an hour."
    )

    @Argument(help: "The tenant's slug.")
    var slug: String

    @Option(
        name: .customLong("close-resolved-after-days"),
        help: "Days after which a resolved ticket is closed, 1 to 3650; never: only when somebody closes it."
    )
    var close: String?

    @Option(
        name: .customLong("archive-closed-after-days"),
        help: "Days after which a closed ticket is archived, 1 to 3650; never: only when somebody archives it."
    )
    var archive: String?

    @Option(
        name: .customLong("warn-before-closing-days"),
        help: "Days before a ticket is closed by itself at which ticket.closing_soon says so, fewer than until it is closed; never: nothing does."
    )
    var warn: String?

    @Option(
        name: .customLong("waiting-load-percent"),
        help: "How much of its weight a ticket takes from its agent's capacity while it waits for the customer or for others, 0 to 100."
    )
    var waiting: Int?

    @OptionGroup var database: OperatorDatabase

    func validate() throws {
        for value in [close, archive, warn].compactMap(\.self) where value != "never" && Int(value).map(LifecycleSettings.days.contains) != true {
            throw ValidationError("A time is a number of days from 1 to 3650, or never.")
        }
        if let waiting, !LifecycleSettings.percent.contains(waiting) { throw ValidationError("A percentage is a number from 0 to 100.") }
    }

    func run() async throws {
        let present = try await database.withTenant(slug) { [close, archive, warn, waiting] environment, tenant in
            let administration = LifecycleAdministration(environment: environment)
            var settings = try await administration.settings(in: tenant)
            if let close { settings.closeResolvedAfterDays = Int(close) }
            if let archive { settings.archiveClosedAfterDays = Int(archive) }
            if let warn { settings.warnBeforeClosingDays = Int(warn) }
            if let waiting { settings.waitingLoadPercent = waiting }
            if close != nil || archive != nil || warn != nil || waiting != nil { try await administration.set(settings, in: tenant) }
            return settings
        }
        print("close_resolved_after_days \(Self.text(present.closeResolvedAfterDays))")
        print("archive_closed_after_days \(Self.text(present.archiveClosedAfterDays))")
        print("warn_before_closing_days \(Self.text(present.warnBeforeClosingDays))")
        print("waiting_load_percent \(present.waitingLoadPercent)")
    }

    private static func text(_ days: Int?) -> String { days.map { "\($0)" } ?? "never" }
}
