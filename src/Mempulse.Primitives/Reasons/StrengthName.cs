using System.Diagnostics;
using Mempulse.Primitives.Events;

namespace Mempulse.Primitives.Reasons;

/// <summary>The strength of evidence in one word, the same in the API and the command line.</summary>
public static class StrengthName
{
    /// <summary>"proof", "strong", "weak" or "not_derivable".</summary>
    public static string Of(EvidenceStrength strength) => strength switch
    {
        EvidenceStrength.NotDerivable => "not_derivable",
        EvidenceStrength.Weak => "weak",
        EvidenceStrength.Strong => "strong",
        EvidenceStrength.Proof => "proof",
        _ => throw new UnreachableException(),
    };
}
