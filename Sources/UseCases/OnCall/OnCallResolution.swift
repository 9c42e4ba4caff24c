import Domain

/// What each target comes to at one instant.
struct OnCallResolution {
    let at: Timestamp
    let promises: PromiseConfiguration
    let selection: OnCallSelection
    let directory: OnCallDirectory

    var report: OnCallReport {
        OnCallReport(
            at: at,
            rotas: selection.rotas.compactMap { id in promises.rotas[id].map { rota(id, $0) } },
            groups: selection.groups.map { group in
                let head = directory.person(group.head)
                return OnCallReport.Group(
                    id: group.id,
                    name: group.name,
                    head: head,
                    reason: "head of \(group.name): \(head?.name ?? directory.absence(group.head))"
                )
            },
            chains: selection.chains.map { chain in
                OnCallReport.Chain(
                    id: chain.id,
                    name: chain.name,
                    levels: chain.levels.map { OnCallReport.Level(targets: $0.targets.map(target)) }
                )
            },
            omitted: selection.omitted,
            fallback: promises.fallbackContact
        )
    }

    private func rota(_ id: RotaID, _ known: PromiseConfiguration.KnownRota) -> OnCallReport.Rota {
        let shift = known.shift(at: at)
        let person = directory.person(shift?.agent)
        var reason = "rota \(known.name): "
        if let shift {
            reason += person?.name ?? directory.absence(shift.agent)
            reason += "\(shift.isOverride ? ", override" : "") until \(shift.until.millisecondText)"
        } else {
            reason += "nobody: it begins on \(known.rota.startsOn)"
        }
        return OnCallReport.Rota(
            id: id,
            name: known.name,
            person: person,
            isOverride: shift?.isOverride ?? false,
            until: shift?.until,
            reason: reason
        )
    }

    private func target(_ target: EscalationTarget) -> OnCallReport.Target {
        switch target {
        case .agent(let id):
            let person = directory.person(id)
            return reached(target, [person].compactMap(\.self), person.map { "agent \($0.name)" } ?? directory.absence(id))
        case .groupHead(let id):
            let group = selection.group(id)
            let person = directory.person(group?.head)
            let name = group?.name ?? "an unknown group"
            return reached(target, [person].compactMap(\.self), "head of \(name): \(person?.name ?? directory.absence(group?.head))")
        case .group(let id):
            let (people, size) = directory.people(of: id)
            let called = min(size, EscalationLevel.maximumMembers)
            var reason = "group \(selection.group(id)?.name ?? "unknown"): "
            reason += people.isEmpty ? "nobody" : people.map(\.name).joined(separator: ", ")
            if called > people.count { reason += ", … (\(called) in all)" }
            if size > called { reason += ", and nobody of the group beyond these" }
            return reached(target, people, count: called, reason)
        case .rota(let id):
            guard let known = promises.rotas[id] else { return reached(target, [], "an unknown rota") }
            let rota = rota(id, known)
            return reached(target, [rota.person].compactMap(\.self), rota.reason)
        case .supervisor: return dependent(target, "the head of the ticket's group")
        case .assignee: return dependent(target, "whoever has the ticket")
        case .manager: return dependent(target, "the manager of whoever has the ticket")
        case .email(let address):
            return OnCallReport.Target(target: target, people: [], peopleCount: 0, dependsOnTicket: false, isReached: true, reason: address)
        case .webhook(let id):
            let endpoint = directory.endpoint(id)
            return OnCallReport.Target(
                target: target,
                people: [],
                peopleCount: 0,
                dependsOnTicket: false,
                isReached: endpoint?.isActive ?? false,
                reason: endpoint.map { "webhook \($0.url)\($0.isActive ? "" : ", disabled")" } ?? "an unknown webhook endpoint"
            )
        }
    }

    private func reached(
        _ target: EscalationTarget,
        _ people: [OnCallReport.Person],
        count: Int? = nil,
        _ reason: String
    ) -> OnCallReport.Target {
        let count = count ?? people.count
        return OnCallReport.Target(
            target: target,
            people: people,
            peopleCount: count,
            dependsOnTicket: false,
            isReached: count > 0,
            reason: reason
        )
    }

    private func dependent(_ target: EscalationTarget, _ reason: String) -> OnCallReport.Target {
        OnCallReport.Target(target: target, people: [], peopleCount: 0, dependsOnTicket: true, isReached: false, reason: reason)
    }
}
