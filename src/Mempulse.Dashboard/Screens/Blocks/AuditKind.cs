using Mempulse.Grains.Abstractions.Audits;
using Mempulse.Primitives.Audits;
using Mempulse.Primitives.Events;

namespace Mempulse.Dashboard.Screens.Blocks;

/// <summary>A class as the screen shows it: missing is two, since only the strong one is loud.</summary>
/// <param name="Key">What the address calls it, and the name of its style.</param>
/// <param name="Name">What the screen calls it.</param>
internal sealed record AuditKind(string Key, string Name)
{
    private static readonly AuditKind _found = new("found", "Found");
    private static readonly AuditKind _private = new("private", "Private");
    private static readonly AuditKind _fresh = new("fresh", "Fresh");
    private static readonly AuditKind _latePublic = new("late_public", "Late public");
    private static readonly AuditKind _replaced = new("replaced", "Replaced");
    private static readonly AuditKind _missingStrong = new("missing_strong", "Missing, strong");
    private static readonly AuditKind _missingWeak = new("missing_weak", "Missing, weak");
    private static readonly AuditKind _unseen = new("unseen", "Unseen");

    /// <summary>All of them, in the order of the legend; the digits 1 to 8 switch them.</summary>
    public static IReadOnlyList<AuditKind> All { get; } = [_found, _private, _fresh, _latePublic, _replaced, _missingStrong, _missingWeak, _unseen];

    /// <summary>The kind of a transaction.</summary>
    public static AuditKind Of(AuditTx tx) => Of(tx.Class, tx.Strength);

    /// <summary>The kind of a class and a strength.</summary>
    public static AuditKind Of(AuditClass audited, EvidenceStrength strength) => audited switch
    {
        AuditClass.Found => _found,
        AuditClass.Private => _private,
        AuditClass.Fresh => _fresh,
        AuditClass.LatePublic => _latePublic,
        AuditClass.Replaced => _replaced,
        AuditClass.Missing => strength == EvidenceStrength.Strong ? _missingStrong : _missingWeak,
        AuditClass.Unseen => _unseen,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
