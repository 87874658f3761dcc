using Mempulse.JsonRpc.Refusals;
using Mempulse.JsonRpc.Transports;

namespace Mempulse.JsonRpc.Calls;

/// <summary>Gets an answer to each of several calls, in whatever form the node takes them: batches, smaller batches, single calls.</summary>
/// <remarks>
/// The only place where a refusal of a batch has consequences. Each step makes the batch smaller, sends a call alone, or uses up patience, so the run ends.
/// Confined to one request.
/// </remarks>
internal sealed class BatchRun(RpcExchange exchange, BatchLimits limits, IReadOnlyList<RpcCall> calls, RpcAnswers answers, CallPatience patience)
{
    /// <summary>Indices of calls to be sent together, the next on top.</summary>
    private readonly Stack<int[]> _parts = new();

    /// <summary>Sets the answer to each call. A refusal that has no way around it is an answer.</summary>
    /// <exception cref="RpcTransportException">The node did not answer.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Push([.. Enumerable.Range(0, calls.Count).Where(index => !limits.IsAloneOnly(calls[index].Method))]);
        PushAlone(Enumerable.Range(0, calls.Count).Where(index => limits.IsAloneOnly(calls[index].Method)));
        while (_parts.TryPop(out int[]? part))
        {
            if (part.Length > limits.Calls)
            {
                Push(part);
            }
            else if (part.Length == 1)
            {
                await SendAloneAsync(part[0], cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await SendTogetherAsync(part, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task SendAloneAsync(int index, CancellationToken cancellationToken)
    {
        var reply = await exchange.SendAsync(calls[index], patience, cancellationToken).ConfigureAwait(false);
        Own(reply);
        answers[index] = reply.Whole.IsRefused ? new RpcAnswer(default, reply.Whole) : reply.Answers[0];
    }

    private async Task SendTogetherAsync(int[] part, CancellationToken cancellationToken)
    {
        RpcReply reply;
        try
        {
            reply = await exchange.SendBatchAsync([.. part.Select(index => calls[index])], patience, cancellationToken).ConfigureAwait(false);
        }
        catch (RpcTransportException failure) when (failure.Fault != TransportFault.ConnectFailed)
        {
            // Servers and proxies fail in many ways on batches that they do not accept: a status, a page, a closed connection, silence. A call that is
            // answered alone distinguishes that from an outage.
            await SendAloneAsync(part[0], cancellationToken).ConfigureAwait(false);
            limits.TooLarge(part.Length);
            Push(part[1..]);
            return;
        }

        Own(reply);
        if (reply.Whole.IsRefused)
        {
            TakeRefusal(part, reply.Whole);
            return;
        }

        if (Array.TrueForAll(reply.Answers, static answer => answer.Refusal.Kind == RefusalKind.Malformed))
        {
            TakeRefusal(part, RpcRefusal.Malformed);
            return;
        }

        await TakeAnswersAsync(part, reply.Answers, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The node refused the batch as a whole.</summary>
    private void TakeRefusal(int[] part, in RpcRefusal refusal)
    {
        switch (refusal.Kind)
        {
            case RefusalKind.NotSupportedInBatch:
                limits.NoBatches();
                PushAlone(part);
                break;
            case RefusalKind.RateLimited or RefusalKind.Transient or RefusalKind.StateUnavailable:
                foreach (int index in part)
                {
                    answers[index] = new RpcAnswer(default, refusal);
                }

                break;
            default:
                // The text does not say whether batches are too large or not accepted at all. Halving finds out.
                Halve(part);
                break;
        }
    }

    private async Task TakeAnswersAsync(int[] part, RpcAnswer[] received, CancellationToken cancellationToken)
    {
        var byKind = new SortedDictionary<RefusalKind, List<int>>();
        for (int i = 0; i < part.Length; i++)
        {
            answers[part[i]] = received[i];
            (byKind.TryGetValue(received[i].Refusal.Kind, out var same) ? same : byKind[received[i].Refusal.Kind] = []).Add(part[i]);
        }

        foreach (var (kind, indices) in byKind)
        {
            await TakeAsync(kind, indices, part.Length, cancellationToken).ConfigureAwait(false);
        }

        int[] doubtful = [.. byKind.Where(entry => entry.Key is RefusalKind.MethodNotSupported or RefusalKind.Other).SelectMany(entry => entry.Value)];
        if (doubtful.Length == part.Length)
        {
            await CheckAloneAsync(doubtful, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sends the calls of a batch again that were refused for one kind of reason, if another form may be answered.</summary>
    private async ValueTask TakeAsync(RefusalKind kind, List<int> indices, int sentTogether, CancellationToken cancellationToken)
    {
        switch (kind)
        {
            case RefusalKind.RateLimited when await patience.TryWaitAsync(answers[indices[^1]].Refusal, cancellationToken).ConfigureAwait(false):
                Push([.. indices]);
                break;
            case RefusalKind.BatchTooLarge:
                limits.TooLarge(sentTogether);
                Push([.. indices]);
                break;
            case RefusalKind.NotSupportedInBatch:
                indices.ForEach(index => limits.AloneOnly(calls[index].Method));
                PushAlone(indices);
                break;
            case RefusalKind.Malformed or RefusalKind.TooLarge:
                PushAlone(indices);
                break;
        }
    }

    /// <summary>Every call of a batch was refused. Either the node refuses them in a batch or at all; one single call distinguishes the two.</summary>
    private async Task CheckAloneAsync(int[] refused, CancellationToken cancellationToken)
    {
        foreach (var group in refused.GroupBy(index => calls[index].Method).ToList())
        {
            if (limits.IsRefused(group.Key))
            {
                continue;
            }

            await SendAloneAsync(group.First(), cancellationToken).ConfigureAwait(false);
            switch (answers[group.First()].Refusal.Kind)
            {
                case RefusalKind.None:
                    limits.AloneOnly(group.Key);
                    PushAlone(group.Skip(1));
                    break;
                case RefusalKind.MethodNotSupported or RefusalKind.Other:
                    limits.Refused(group.Key);
                    break;
            }
        }
    }

    private void Halve(int[] part)
    {
        limits.TooLarge(part.Length);
        Push(part);
    }

    private void Push(int[] part)
    {
        foreach (int[] some in part.Chunk(limits.Calls).Reverse())
        {
            _parts.Push(some);
        }
    }

    private void PushAlone(IEnumerable<int> indices)
    {
        foreach (int index in indices.Reverse().ToList())
        {
            _parts.Push([index]);
        }
    }

    private void Own(RpcReply reply)
    {
        if (reply.Message is { } message)
        {
            answers.Own(message);
        }
    }
}
