using Mempulse.Client.Decoding;
using Mempulse.Features.Decoding;
using Mempulse.Grains.Abstractions.Decoding;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Primitives;

namespace Mempulse.Api.Decoding;

/// <summary>Decodes a call, and asks the state whose code accounts run that the registry does not know, until that reveals no more calls.</summary>
internal static class StatefulDecode
{
    /// <summary>How often the state is asked: a call that became known may contain others.</summary>
    private const int MaxRounds = 3;

    /// <summary>Decodes a call.</summary>
    /// <returns>The tree, and the state that was asked; null if none was asked, or no node is configured for it.</returns>
    public static async Task<(DecodeTree Tree, DecodeState? State)> DecodeAsync(ISimulatorGrain simulator, DecodedCall call, DecodeBasis basis)
    {
        var known = new List<DelegatedCode>();
        var asked = new SortedSet<Address>();
        var tree = call.Decode(basis, DelegatedCodes.None);
        DecodeState? state = null;
        for (int round = 0; round < MaxRounds; round++)
        {
            var unknown = Unknown(tree, asked);
            if (unknown.Count == 0)
            {
                break;
            }

            var answer = await simulator.ReadCodeDelegates(unknown);
            if (!answer.HasState)
            {
                break;
            }

            state = StateOf(answer, state);
            if (answer.Delegates.Count == 0)
            {
                break;
            }

            known.AddRange(answer.Delegates.Select(static one => new DelegatedCode(one.Account, one.Code, (DelegateKind)one.Kind)));
            tree = call.Decode(basis, new DelegatedCodes(known));
        }

        return (tree, state);
    }

    /// <summary>Accounts that are called with data and that neither the registry knows nor the state was asked about.</summary>
    private static List<Address> Unknown(DecodeTree tree, SortedSet<Address> asked)
    {
        var unknown = new List<Address>();
        foreach (var node in tree.Nodes)
        {
            if (node is { Kind: NodeKind.Call, Contract: null, Delegate: null } && unknown.Count < CodeDelegatesAnswer.MaxAccounts && asked.Add(node.Target))
            {
                unknown.Add(node.Target);
            }
        }

        return unknown;
    }

    private static DecodeState StateOf(CodeDelegatesAnswer answer, DecodeState? before) => new()
    {
        Block = answer.Block.IsZero ? before?.Block : answer.Block.ToString(),
        Number = answer.Block.IsZero ? before?.Number : answer.Number.ToString(),
        IsProven = answer.IsProven && before is not { IsProven: false },
        Problem = answer.Problem.Length > 0 ? answer.Problem : before?.Problem,
    };
}
