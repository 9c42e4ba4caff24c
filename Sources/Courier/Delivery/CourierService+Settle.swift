import CoreMetrics
import Domain
import Logging
import Synchronization
import UseCases

extension CourierService {
    /// Writes an attempt down, and tries again while the database is away, for as long as a lease holds. Writing twice records once.
    func settle(_ delivery: Delivery, _ verdict: DeliveryVerdict, _ record: AttemptRecord) async {
        let clock = ContinuousClock()
        let end = clock.now.advanced(by: .seconds(DeliveryLease.seconds))
        var pause = Duration.milliseconds(50)
        while true {
            do {
                note(try await deliveries.settle(delivery, verdict, record: record), verdict, delivery)
                return
            } catch {
                guard clock.now < end, !isClosing else {
                    metrics.unwritten.increment()
                    var metadata = delivery.metadata
                    metadata["reason"] = "\(error)"
                    logger.error("an attempt could not be written down and will be made again", metadata: metadata)
                    return
                }
                // Never cancelled: it runs in a task of its own.
                try? await Task.sleep(for: pause * Double.random(in: 0.5...1))
                pause = min(pause * 2, .seconds(1))
            }
        }
    }

    private func note(_ settled: SettledDelivery?, _ verdict: DeliveryVerdict, _ delivery: Delivery) {
        guard let settled, settled.isWritten else {
            metrics.stale.increment()
            logger.debug("an attempt was written down by somebody else", metadata: delivery.metadata)
            return
        }
        metrics.count(verdict)
        logger.debug("an attempt was made", metadata: delivery.metadata)
        if settled.disabledEndpoint {
            metrics.disabledEndpoints.increment()
            logger.notice("an endpoint was disabled", metadata: delivery.metadata)
        }
    }

    /// Gives leases back, so that others can take the rows at once. What fails runs out by itself.
    func giveBack(_ claimed: [Delivery]) async {
        for (tenant, held) in Dictionary(grouping: claimed, by: \.lane.tenant) {
            // Not cancelled with the service, whose last act it may be.
            let release = Task { try await self.deliveries.release(held.map(\.lease), of: tenant) }
            do {
                try await release.value
                metrics.released.increment(by: held.count)
            } catch {
                logger.warning("leases could not be given back and will run out", metadata: ["tenant": "\(tenant)", "reason": "\(error)"])
            }
        }
    }

    /// Extends the leases of attempts that take long.
    func keepLeases() async {
        while !Task.isCancelled {
            do {
                try await Task.sleep(for: configuration.heartbeatInterval)
            } catch {
                return
            }
            for (tenant, leases) in board.withLock({ $0.leases(at: .now) }) {
                do {
                    let kept = try await deliveries.extend(leases, of: tenant)
                    if kept.count < leases.count {
                        logger.debug("leases were lost or ended", metadata: ["tenant": "\(tenant)", "count": "\(leases.count - kept.count)"])
                    }
                } catch {
                    logger.debug("leases could not be extended", metadata: ["tenant": "\(tenant)", "reason": "\(error)"])
                }
            }
        }
    }

    func measureBacklog() async {
        while !Task.isCancelled {
            if let backlog = try? await deliveries.backlog() {
                metrics.backlog.record(backlog.waiting)
                metrics.overdue.record(Double(backlog.overdue) / 1_000_000)
            }
            try? await Task.sleep(for: configuration.backlogInterval)
        }
    }
}
