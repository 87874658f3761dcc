using System.Text.Json;
using Mempulse.JsonRpc.Transports;

namespace Mempulse.JsonRpc.Calls;

/// <summary>Asks a node several things at once: in one message where it takes batches, one after the other where it does not.</summary>
/// <remarks>Safe for any thread.</remarks>
public sealed class RpcQuestions(RpcClient client)
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

        // Every call of a batch failed: either all would, or the node refuses batches, which one call after the other tells.
        var single = new List<RpcAnswer>(calls.Length);
        foreach (var call in calls)
        {
            using var answer = await client.CallAsync(call, cancellationToken).ConfigureAwait(false);
            single.Add(Keep(answer[0]));
        }

        _takesNoBatches |= calls.Length > 1 && single.Exists(answer => !answer.IsRefused);
        return single;
    }

    /// <summary>Outlives the message it came with; so must a null.</summary>
    private static RpcAnswer Keep(in RpcAnswer answer) =>
        answer.Result.ValueKind == JsonValueKind.Undefined ? answer : answer with { Result = answer.Result.Clone() };
}
