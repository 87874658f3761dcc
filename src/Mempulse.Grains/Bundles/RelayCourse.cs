using Mempulse.Builder.Answers;
using Mempulse.Builder.Refusals;
using Mempulse.Builder.Requests;
using Mempulse.Builder.Sending;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Bundles;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Bundles;

/// <summary>The attempts to ask one relay for one thing. An intention is on the log before its request leaves.</summary>
internal sealed class RelayCourse(ChainId chain, BundleSummary bundle, RelayCommandKind kind, RelayCommand command, RelayChannel channel, CourseContext context)
{
    /// <summary>Where the rate of a relay does not say how long to wait.</summary>
    private static readonly TimeSpan s_leastWait = TimeSpan.FromMilliseconds(10);

    private readonly Hash256 _seed = RetrySchedule.SeedHashOf(bundle.Id, channel.Name);

    private bool IsDryRun => bundle.IsDryRun || !context.Host.Options.IsLive;

    /// <summary>Makes attempts until one is final, or the bundle is not wanted any more.</summary>
    /// <param name="task">What the fold has.</param>
    /// <param name="wanted">Cancelled once no further attempt may begin.</param>
    /// <param name="stop">Cancelled to give up a request that is under way.</param>
    /// <exception cref="IOException">The log did not take a fact.</exception>
    public async Task RunAsync(BundleTask task, CancellationToken wanted, CancellationToken stop)
    {
        var asked = AskedOf(task);
        if (asked.IsSettled || !RelayOf(task).MayAsk || asked.LastStarted >= context.Host.Options.MaxAttempts)
        {
            return;
        }

        if (Preflight.Check(channel.Client.Dialect, command, FactsOf(task), channel.Credential) is { } refusal)
        {
            context.Meter.Refused(chain, channel.Name, refusal.Rule.ToString());
            await RecordAsync(new LogEvent.AttemptRefused(bundle.Id, channel.Name, kind, refusal.Rule, refusal.Sentence, IsDryRun));
            return;
        }

        var schedule = new RetrySchedule(context.Host.Options.Retry, RetrySchedule.SeedOf(bundle.Id, channel.Name));
        await RelayRetry.RunAsync(schedule, asked.LastStarted + 1, (planned, token) => AttemptAsync(planned, token, stop), context.Time, wanted);
    }

    private async ValueTask<AttemptResult> AttemptAsync(PlannedAttempt planned, CancellationToken wanted, CancellationToken stop)
    {
        while (!channel.Client.TryTakePermit(command.Method, out var wait))
        {
            await Task.Delay(wait > s_leastWait ? wait : s_leastWait, context.Time, wanted);
        }

        await ThrowIfUnwantedAsync(planned, wanted);
        var request = RelayRequestWriter.Write(channel.Client.Dialect, command, (ulong)planned.Number, channel.Credential);
        await RecordAsync(new LogEvent.AttemptStarted
        {
            Bundle = bundle.Id,
            Relay = channel.Name,
            Command = kind,
            Number = planned.Number,
            BackoffMilliseconds = (ulong)planned.Backoff.TotalMilliseconds,
            Seed = _seed,
            Request = Ethereum.Hashing.Keccak256.Hash(request.Body.Span),
            IsDryRun = IsDryRun,
        });

        // Only now a byte may leave: the intention is durable, so that this number is never used again, whatever happens next.
        var result = IsDryRun ? Unsent : await channel.Client.SendAsync(request, stop);
        context.Meter.Attempted(chain, channel.Name, result.Answer.Class.ToString(), IsDryRun, result.Latency);
        await RecordAsync(new LogEvent.RelayAttempt
        {
            Bundle = bundle.Id,
            Relay = channel.Name,
            Command = kind,
            Number = planned.Number,
            Class = result.Answer.Class,
            Consequence = result.Answer.Consequence,
            Status = result.Answer.Status == 0 ? null : result.Answer.Status,
            LatencyMicroseconds = (ulong)result.Latency.TotalMicroseconds,
            Detail = result.Answer.Message,
            IsDryRun = IsDryRun,
        });
        return result;
    }

    /// <summary>Reads the fold again: since the attempt was planned the bundle may have ended, the relay's breaker may have opened, or another activation may have made it.</summary>
    private async ValueTask ThrowIfUnwantedAsync(PlannedAttempt planned, CancellationToken wanted)
    {
        var now = await context.Grains.Mempool(chain).GetBundleTask(bundle.Id, [channel.Name]);
        bool isWanted = now is not null && RelayOf(now).MayAsk && AskedOf(now).LastStarted + 1 == planned.Number && (now.Bundle.MaySend || kind != RelayCommandKind.SendBundle);
        wanted.ThrowIfCancellationRequested();
        if (!isWanted)
        {
            throw new OperationCanceledException($"Attempt {planned.Number} at {channel.Name} is not wanted any more.");
        }
    }

    private static AttemptResult Unsent { get; } = new(new RelayAnswer { Class = ErrorClass.None, Message = "Dry run: nothing was sent." }, TimeSpan.Zero);

    private RelayTask RelayOf(BundleTask task) => task.Relays.First(relay => relay.Relay == channel.Name);

    private RelayRequestView AskedOf(BundleTask task) => kind == RelayCommandKind.SendBundle ? RelayOf(task).Send : RelayOf(task).Cancel;

    private PreflightFacts FactsOf(BundleTask task)
    {
        var relay = RelayOf(task);
        var uuids = new Dictionary<string, UuidUse>(StringComparer.Ordinal);
        if (relay.LastBundle is { } last)
        {
            uuids.Add(bundle.Uuid, new UuidUse(last, relay.LastSequence));
        }

        return new PreflightFacts
        {
            Head = task.HeadNumber,
            NowSeconds = (ulong)context.Time.GetUtcNow().ToUnixTimeSeconds(),
            BaseFee = bundle.BaseFee,
            Uuids = uuids,
        };
    }

    private async ValueTask RecordAsync(LogEvent fact)
    {
        if (await context.Grains.RecordAsync(chain, context.Time, content: null, fact) is { Length: > 0 } problem)
        {
            throw new IOException(problem);
        }
    }
}
