import CoreMetrics
import Logging
import UseCases

extension CourierService {
    /// Gives up what waits for endpoints that were disabled, by whomever: looks about once a second.
    func clearDisabled() async {
        while !Task.isCancelled {
            do {
                metrics.dropped.increment(by: try await deliveries.giveUpOfDisabled())
            } catch {
                logger.debug("what waits for disabled endpoints could not be given up", metadata: ["reason": "\(error)"])
            }
            try? await Task.sleep(for: configuration.watchInterval * Double.random(in: 0.8...1))
        }
    }

    /// Deletes old records of deliveries: at the start, then now and then; sooner again where it failed. Of several couriers one deletes at a time.
    func keepHouse() async {
        let upkeep = deliveries.upkeep(retentionDays: configuration.retentionDays)
        while !Task.isCancelled {
            var pause = configuration.upkeepInterval
            do {
                try await upkeep.run { [metrics] done in
                    metrics.purgedAttempts.increment(by: done.attempts)
                    metrics.buried.increment(by: done.mails)
                }
            } catch {
                if Task.isCancelled { return }
                logger.warning("cannot delete old records of deliveries", metadata: ["reason": "\(error)"])
                pause = min(pause, .seconds(60))
            }
            try? await Task.sleep(for: pause * Double.random(in: 0.9...1.1))
        }
    }
}
