using System.Text.Json;
using Mempulse.JsonRpc.Transports;

namespace Mempulse.JsonRpc.Calls;

/// <summary>Sends several calls to a node: as batches if it accepts them, otherwise one at a time.</summary>
/// <remarks>Safe for any thread.</remarks>
public sealed class RpcQuestions(RpcClient client)
{
    /// <summary>Calls per batch. Nodes and gateways limit batches; the lowest limit known is 100.</summary>
    private const int MaxBatch = 64;

    private volatile bool _takesNoBatches;

    /// <summary>Returns one answer for each call, in order. A refusal is an answer.</summary>
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

    private async Task<IReadOnlyList<RpcAnswer>> AskPartAsync(RpcCall[] calls, CancellationToken cancellationToken)
    {
        if (calls.Length > 1 && !_takesNoBatches)
        {
            using var batch = await client.BatchAsync(calls, cancellationToken).ConfigureAwait(false);
            var answers = Enumerable.Range(0, batch.Count).Select(index => Keep(batch[index])).ToArray();
            if (Array.Exists(answers, answer => !answer.IsRefused))
            {
                return answers;
            }
        }

        // Every call of the batch was refused. Either the node refuses batches or it refuses each call; single calls distinguish the two.
        var single = new List<RpcAnswer>(calls.Length);
        foreach (var call in calls)
        {
            using var answer = await client.CallAsync(call, cancellationToken).ConfigureAwait(false);
            single.Add(Keep(answer[0]));
        }

        _takesNoBatches |= calls.Length > 1 && single.Exists(answer => !answer.IsRefused);
        return single;
    }

    /// <summary>Copies the result, which otherwise lives only as long as its message.</summary>
    private static RpcAnswer Keep(in RpcAnswer answer) =>
        answer.Result.ValueKind == JsonValueKind.Undefined ? answer : answer with { Result = answer.Result.Clone() };
}
