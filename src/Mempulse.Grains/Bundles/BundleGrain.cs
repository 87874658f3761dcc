using Mempulse.Builder.Assembly;
using Mempulse.Builder.Bundles;
using Mempulse.Builder.Requests;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Bundles;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Microsoft.Extensions.Logging;

namespace Mempulse.Grains.Bundles;

/// <summary>Takes one bundle to the relays. It remembers only what is under way: what was done is in the log, and what is to be done follows from it.</summary>
/// <remarks>Requests run as tasks on the grain's scheduler, one for each relay and command, so that a relay that hangs holds up no other.</remarks>
[GrainType("mempulse.bundle"), CollectionAgeLimit(Minutes = 2)]
internal sealed partial class BundleGrain(BundleHost host, BundleMeter meter, TimeProvider time, ILogger<BundleGrain> log) : Grain, IBundleGrain, IDisposable
{
    /// <summary>How long the grain stays while requests are under way: longer than all attempts of a bundle.</summary>
    private static readonly TimeSpan s_stay = TimeSpan.FromMinutes(2);

    private readonly Dictionary<(string Relay, RelayCommandKind Command), Task> _underWay = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _mayNotSend = new();

    private ChainId Chain => GrainKeys.ChainOf(this.GetPrimaryKeyString());

    private Hash256 Id => Hash256.Parse(GrainKeys.EntityOf(this.GetPrimaryKeyString()));

    public async ValueTask<string> Advance()
    {
        if (await GrainFactory.Mempool(Chain).GetBundleTask(Id, [.. host.Channels.Select(static channel => channel.Name)]) is not { } task)
        {
            return "The fold does not hold the bundle.";
        }

        var bundle = task.Bundle;
        if (!bundle.IsSigned || host.OperatorOf(Chain) is null)
        {
            return "The bundle is not signed, or its operator is not configured.";
        }

        if (bundle.MaySend)
        {
            return await SendAsync(task);
        }

        await _mayNotSend.CancelAsync(); // attempts that wait do not begin any more
        if (bundle.IsCancelled && bundle.Target > task.HeadNumber)
        {
            Cancel(task);
        }

        return string.Empty;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_underWay.Values);
    }

    public void Dispose()
    {
        _stop.Dispose();
        _mayNotSend.Dispose();
    }

    private async ValueTask<string> SendAsync(BundleTask task)
    {
        AdvanceReplaced(task);
        if (task.Relays.All(static relay => relay.Send.IsSettled))
        {
            return string.Empty;
        }

        if (await GrainFactory.BundleLedger(Chain).Read(task.Bundle.Content) is not { } bytes)
        {
            return $"The store no longer has the bytes of the bundle, {task.Bundle.Content}.";
        }

        var command = new RelayCommand.Send(RelayBundleOf(task.Bundle, bytes));
        foreach (var channel in host.Channels)
        {
            Start(task, RelayCommandKind.SendBundle, command, channel, _mayNotSend.Token);
        }

        return string.Empty;
    }

    /// <summary>Lets the bundles go on that this one replaces, where a relay has one of them and does not get this one.</summary>
    private void AdvanceReplaced(BundleTask task)
    {
        foreach (var held in task.Relays.Where(relay => relay.AlsoHeld is not null && !MayYetHave(relay.Send, relay, task.Bundle.MaySend)).Select(static relay => relay.AlsoHeld!.Value).Distinct())
        {
            GrainFactory.Bundle(Chain, held).Advance().AsTask().Ignore(); // the next look asks again
        }
    }

    private async ValueTask AdvanceReplacedAsync(string relay)
    {
        if (await GrainFactory.Mempool(Chain).GetBundleTask(Id, [relay]) is { } task)
        {
            AdvanceReplaced(task);
        }
    }

    /// <summary>True if a relay has what was asked, or may still get it.</summary>
    private bool MayYetHave(RelayRequestView send, RelayTask relay, bool maySend) =>
        send.MayBeHeld || (maySend && relay.MayAsk && !send.IsSettled && send.LastStarted < host.Options.MaxAttempts);

    /// <summary>True if the relay does not have the bundle any more, or will not: another one under its UUID takes its place there. To forget the UUID would be to forget that one.</summary>
    private bool IsReplacedAt(RelayTask relay, BundleTask task) =>
        task.Bundle.End == BundleEnd.Replaced && (relay.Newest is not { } newest || MayYetHave(newest, relay, task.NewestMaySend));

    /// <summary>Asks the relays that may have the bundle to forget it, unless they get its replacement.</summary>
    private void Cancel(BundleTask task)
    {
        var command = new RelayCommand.Cancel(task.Bundle.Uuid, Math.Max(task.Bundle.Sequence + 1, task.NewestSequence)); // in the place of the replacement, below the one after it
        foreach (var channel in host.Channels)
        {
            var relay = task.Relays.First(relay => relay.Relay == channel.Name);
            if (relay.Send.MayBeHeld && !IsReplacedAt(relay, task))
            {
                Start(task, RelayCommandKind.CancelBundle, command, channel, _stop.Token);
            }
        }
    }

    private void Start(BundleTask task, RelayCommandKind kind, RelayCommand command, RelayChannel channel, CancellationToken wanted)
    {
        if (_underWay.TryGetValue((channel.Name, kind), out var running) && !running.IsCompleted)
        {
            return;
        }

        DelayDeactivation(s_stay);
        var course = new RelayCourse(Chain, task.Bundle, kind, command, channel, new CourseContext(host, GrainFactory, meter, time));
        _underWay[(channel.Name, kind)] = RunAsync(course, task, channel.Name, wanted);
    }

    private async Task RunAsync(RelayCourse course, BundleTask task, string relay, CancellationToken wanted)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(wanted, _stop.Token);
        try
        {
            await course.RunAsync(task, either.Token, _stop.Token);
            await AdvanceReplacedAsync(relay);
        }
        catch (OperationCanceledException)
        {
            // It ended, or the silo stops: what was started and not answered is on the log as that.
        }
        catch (Exception failure) when (failure is IOException or TimeoutException or OrleansException)
        {
            LogProblem(log, Chain, Id, relay, failure.Message); // the next look asks the fold, and goes on from there
        }
    }

    private static RelayBundle RelayBundleOf(BundleSummary bundle, ReadOnlyMemory<byte> bytes) => new()
    {
        Id = bundle.Id,
        Transactions = [.. BundleBytes.Read(bytes).Select(static raw => BundleTransaction.Read(raw) ?? throw new InvalidDataException("The stored bundle has bytes that are not a transaction."))],
        Target = bundle.Target,
        Reverting = bundle.MayRevert,
        ReplacementUuid = bundle.Uuid,
        ReplacementSequence = bundle.Sequence,
    };
}
