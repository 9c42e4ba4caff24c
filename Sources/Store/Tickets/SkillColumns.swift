import Domain
import Postgres

/// Skills as four parallel arrays: required skills and levels, optional skills and drop ranks.
enum SkillColumns {
    static func decode(_ columns: inout ColumnReader) throws(DecodeError) -> SkillRequirements {
        let required = try columns.nextArray(SkillID.self)
        let levels = try columns.nextArray(Int16.self)
        let optional = try columns.nextArray(SkillID.self)
        let ranks = try columns.nextArray(Int16.self)
        guard required.count == levels.count, optional.count == ranks.count else { throw DecodeError("skills and levels of different length") }
        return SkillRequirements(
            required: zip(required, levels).map { SkillLevel($0, level: Int($1)) },
            optional: zip(optional, ranks).map { OptionalSkill($0, dropRank: Int($1)) }
        )
    }

    static func bind(_ skills: SkillRequirements, into binder: inout Binder) {
        binder.append(skills.required.map(\.skill))
        binder.append(skills.required.map { Int16($0.level) })
        binder.append(skills.optional.map(\.skill))
        binder.append(skills.optional.map { Int16($0.dropRank) })
    }
}
