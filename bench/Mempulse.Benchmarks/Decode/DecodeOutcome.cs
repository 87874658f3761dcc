using Mempulse.Features.Decoding;
using Mempulse.Features.Grading;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Mainnet;

namespace Mempulse.Benchmarks.Decode;

/// <summary>What the decoder said about a call that swapped, and the grade of it.</summary>
internal sealed record DecodeOutcome(IncludedCall Call, CallNode Root, TradeGrade Grade)
{
    /// <summary>True if the call was sent to a contract or by a function that the registry knows, for something other than a transfer, and not to a searcher's contract.</summary>
    public bool IsRouterSwap =>
        Root.Contract is { } contract
            ? contract.Kind is not ("mev-bot" or "token" or "stablecoin" or "service")
            : Root.Status is DecodeStatus.BySelector or DecodeStatus.AmbiguousLayout && Root.Function?.Category is not (Features.Registry.CallCategory.Transfer or Features.Registry.CallCategory.Approval);

    /// <summary>True if the call was sent to a service whose interface is not published.</summary>
    public bool IsServiceSwap => Root.Contract is { Kind: "service" };

    /// <summary>True if tokens and amounts are stated and agree with the logs.</summary>
    public bool IsRight => Grade.Verdict is GradeVerdict.Agrees or GradeVerdict.FeeOnTransfer;

    /// <summary>The router and its version.</summary>
    public string Router => $"{Root.Contract?.Protocol ?? "-"}: {Root.Contract?.Name ?? "unknown contract"}, {Root.Function?.Layout ?? "-"}";

    /// <summary>The function that the decode ended at.</summary>
    public string Function => $"{Root.Function?.Function.Name ?? "0x" + Convert.ToHexStringLower(Call.Data.Span[..4])} of {Root.Contract?.Name ?? Call.Target.ToString()}";
}
