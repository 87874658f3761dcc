namespace Mempulse.Architecture.Tests.Determinism;

/// <summary>The exceptions from the scan, each with its reason. One that is no longer needed fails a test.</summary>
internal static class AllowedFindings
{
    /// <summary>A type, the rule it may break, and why that changes no result.</summary>
    internal sealed record Allowance(string TypeName, string Rule, string Reason)
    {
        /// <summary>True for a finding in that type.</summary>
        public bool Covers(Finding finding) =>
            finding.Rule == Rule && (finding.Member.Contains(TypeName + "::", StringComparison.Ordinal) || finding.Member.Contains(TypeName + "/", StringComparison.Ordinal) || finding.Member == TypeName);
    }

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Allowance> All =
    [
        new(
            "Mempulse.Replay.Lookups.LookupTable`2",
            Rule.HashValue,
            "The table without an enumerator: a hash decides only where an entry stands, and what is walked is sorted by key."),
        new("Mempulse.Ethereum.Signatures.Secp256k1Library", Rule.NativeCall,
            "Public-key recovery is a function of digest and signature; both implementations must give the same answer (RecoveryTests)."),
        new("Mempulse.Evm.State.AccountTable", Rule.HashValue,
            "A hash decides only in which bucket an account is looked for; entries are kept and walked in the order they were added."),
        new("Mempulse.Evm.State.SlotTable", Rule.HashValue,
            "A hash decides only in which bucket a slot is looked for; its seed keeps strangers from aiming at one bucket."),
    ];
}
