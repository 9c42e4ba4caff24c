import Deployment
import Domain
import Postgres
import Runtime

/// The doctor's check of the migrations, made here because the files are here.
enum SchemaComparison {
    /// - Throws: `PostgresError` where the database cannot be reached or does not answer, ``CommandFailure`` where none is named.
    static func finding(of database: OperatorDatabase, patience: DatabasePatience = .usual) async throws -> DoctorFinding {
        do {
            let plan = try await database.migrationPlan(patience: patience)
            return SchemaFacts(applied: plan.applied.count, pending: plan.pending.map { "\($0.version) \($0.name)" }).finding
        } catch let error as MigrationError {
            return SchemaFacts(applied: 0, pending: [], contradiction: error.description).finding
        } catch let error as SchemaError {
            return .unchecked(.schema, because: error.description)
        }
    }
}
