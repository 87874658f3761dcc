namespace Mempulse.Architecture.Tests.Determinism;

/// <summary>The exceptions to the scan, each with its reason. An exception that is no longer needed fails a test.</summary>
internal static class AllowedFindings
{
    /// <summary>A type, the rule it may break, and why that changes no result.</summary>
    internal sealed record Allowance(string TypeName, string Rule, string Reason)
    {
        /// <summary>True for a finding in that type.</summary>
        public bool Covers(Finding finding) =>
            finding.Rule == Rule && (finding.Member.Contains(TypeName + "::", StringComparison.Ordinal) || finding.Member.Contains(TypeName + "/", StringComparison.Ordinal) || finding.Member == TypeName);
    }

    /// <summary>All exceptions.</summary>
    public static readonly IReadOnlyList<Allowance> All =
    [
        new(
            "Mempulse.Replay.Lookups.LookupTable`2",
            Rule.HashValue,
            "The table without an enumerator: a hash only determines the slot of an entry, and enumeration is sorted by key."),
        new("Mempulse.Ethereum.Signatures.Secp256k1Library", Rule.NativeCall,
            "Public-key recovery is a function of digest and signature; both implementations must give the same answer (RecoveryTests)."),
        new("Mempulse.Evm.State.AccountTable", Rule.HashValue,
            "A hash only determines the bucket of an account; entries are enumerated in the order in which they were added."),
        new("Mempulse.Evm.State.SlotTable", Rule.HashValue,
            "A hash only determines the bucket of a slot; its seed prevents crafted collisions."),
    ];
}
