using System.Text.Json;
using Mempulse.Net.Rpc;
using Mempulse.Primitives;

namespace Mempulse.Net.States;

/// <summary>Asks a node several things at once: in one message where it takes batches, one after the other where it does not.</summary>
/// <remarks>Safe for any thread.</remarks>
internal sealed class RpcQuestions(RpcClient client)
{
    /// <summary>Calls in one message: nodes and gateways bound them, the strictest known at 100.</summary>
    private const int MaxBatch = 64;

    private volatile bool _takesNoBatches;

    /// <summary>One answer to each call, in order; an error is an answer too.</summary>
    /// <exception cref="RpcTransportException">The node did not answer.</exception>
    public async Task<RpcAnswer[]> AskAsync(IReadOnlyList<RpcCall> calls, CancellationToken cancellationToken)
    {
        var answers = new List<RpcAnswer>(calls.Count);
        foreach (var part in calls.Chunk(MaxBatch))
        {
            answers.AddRange(await AskPartAsync(part, cancellationToken).ConfigureAwait(false));
        }

        return [.. answers];
    }

    /// <summary>EIP-1898: a block by its hash, so that a reorg between two calls cannot mix two states.</summary>
    public static KeyValuePair<string, string> At(in Hash256 block) => new("blockHash", block.ToString());

    /// <summary>A word as 32 bytes in hex, which every node takes for a slot.</summary>
    public static string Word(in UInt256 word)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        word.WriteBigEndian(bytes);
        return "0x" + Convert.ToHexStringLower(bytes);
    }

    private async Task<IReadOnlyList<RpcAnswer>> AskPartAsync(RpcCall[] calls, CancellationToken cancellationToken)
    {
        if (calls.Length > 1 && !_takesNoBatches)
        {
            using var batch = await client.BatchAsync(calls, cancellationToken).ConfigureAwait(false);
            var answers = Enumerable.Range(0, batch.Count).Select(index => Keep(batch[index])).ToArray();
            if (Array.Exists(answers, answer => answer.ErrorCode == 0))
            {
                return answers;
            }
        }

        // Every call of a batch failed: either all would, or the node refuses batches, which one call after the other tells.
        var single = new List<RpcAnswer>(calls.Length);
        foreach (var call in calls)
        {
            using var answer = await client.CallAsync(call, cancellationToken).ConfigureAwait(false);
            single.Add(Keep(answer[0]));
        }

        _takesNoBatches |= calls.Length > 1 && single.Exists(answer => answer.ErrorCode == 0);
        return single;
    }

    /// <summary>Outlives the message it came with; so must a null.</summary>
    private static RpcAnswer Keep(in RpcAnswer answer) =>
        answer.Result.ValueKind == JsonValueKind.Undefined ? answer : answer with { Result = answer.Result.Clone() };
}
