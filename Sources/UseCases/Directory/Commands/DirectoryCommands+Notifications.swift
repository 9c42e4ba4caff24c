public import Domain
import Store

extension DirectoryCommands {
    /// Says when and how an agent hears of escalations (features.md D13).
    ///
    /// - Parameter check: is given what is there, under the lock, and throws where the caller means to replace something else (`If-Match`).
    /// - Throws: ``UseCaseError/notFound``, ``UseCaseError/invalid(_:)`` naming every wrong field, ``StoreError``, what `check` throws.
    public func setNotifications(
        _ settings: NotificationSettings,
        of agent: AgentID,
        in tenant: TenantID,
        replacing check: @escaping @Sendable (NotificationSettings) throws -> Void = { _ in }
    ) async throws {
        let wrong = problems(of: settings, now: try await environment.clock.now())
        var first = TenantUnit(tenant)
        first.add(LockConfiguration(tenant: tenant))
        let found = first.add(FindContents<AgentContent>(tenant: tenant, ids: [agent]))
        let present = first.add(LoadAgentNotifications(tenant: tenant, agent: agent))
        try await environment.database.transaction(first) { transaction, result in
            guard try result.first(found) != nil, let stored = try result.first(present) else { throw UseCaseError.notFound }
            try check(stored ?? NotificationSettings())
            var references = ReferenceCheck()
            for (index, channel) in settings.channels.prefix(NotificationSettings.maximumChannels).enumerated() {
                if case .webhook(let id) = channel { references.add(id, at: "/channels/\(index)/id") }
            }
            let problems = wrong + (try await references.problems(in: tenant, transaction: transaction))
            guard problems.isEmpty else { throw UseCaseError.invalid(problems) }
            try await transaction.commit(PutAgentNotifications(tenant: tenant, agent: agent, settings: settings))
        }
    }

    private func problems(of settings: NotificationSettings, now: Timestamp) -> [FieldProblem] {
        var checks = FieldChecks()
        let channels = settings.channels
        if !(1...NotificationSettings.maximumChannels).contains(channels.count) {
            checks.add("/channels", code: .outOfRange, "1 to \(NotificationSettings.maximumChannels) channels")
        }
        if Set(channels).count < channels.count { checks.add("/channels", code: .duplicate, "a channel is listed twice") }
        if settings.inQuietHours == .nextChannel, channels.count < 2 {
            checks.add("/in_quiet_hours", code: .conflict, "there is no second channel")
        }
        if (try? tools.zones.zone(named: settings.zone)) == nil { checks.add("/tz", code: .unknownZone, "there is no such IANA zone") }
        do {
            // Quiet for ever would be never told.
            _ = try settings.quietCalendar(zones: tools.zones)?.nextClose(now)
        } catch let error as CalendarDefinitionError where !error.isOfZone {
            checks.add("/quiet_hours", code: .invalidDefinition, error.description)
        } catch is CalendarError {
            checks.add("/quiet_hours", code: .invalidDefinition, "they must end some time")
        } catch {
            // The zone was named above.
        }
        return checks.problems
    }

    /// Names whom a chain tells that finds nobody in a whole round; nil: nobody. Because of tickets that nobody can take he is called at once, where nobody could be told so far.
    ///
    /// - Parameter check: is given what is there, under the lock, and throws where the caller means to replace something else (`If-Match`).
    /// - Throws: ``UseCaseError/invalid(_:)``, ``UseCaseError/notFound``, ``StoreError``, what `check` throws.
    public func setFallbackContact(
        _ email: String?,
        in tenant: TenantID,
        replacing check: @escaping @Sendable (String?) throws -> Void = { _ in }
    ) async throws {
        var first = TenantUnit(tenant)
        first.add(LockConfiguration(tenant: tenant))
        let present = first.add(LoadFallbackContact(tenant: tenant))
        let isNamed = try await environment.database.transaction(first) { transaction, result in
            guard let stored = try result.first(present) else { throw UseCaseError.notFound }
            try check(stored)
            var checks = FieldChecks()
            // What is stored stands in nobody's way.
            if let email, email != stored { checks.mailbox(email, at: "/fallback_email") }
            guard checks.problems.isEmpty else { throw UseCaseError.invalid(checks.problems) }
            let isNamed = email != nil && email != stored
            var statements = StatementList()
            statements.add(PutFallbackContact(tenant: tenant, email: email))
            if isNamed { statements.add(SignalWaitingQueues(tenant: tenant, id: environment.identifiers.next())) }
            _ = try await transaction.commit(statements)
            return isNamed
        }
        if isNamed { environment.wakeUps.send(.routing) }
    }
}
