using Mempulse.Canon;
using Mempulse.Canon.Appending;
using Mempulse.Canon.Fencing;
using Mempulse.Canon.Format;
using Mempulse.Folding;
using Mempulse.Folding.Following;
using Mempulse.Folding.Live;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Grains.Publishing;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mempulse.Grains.Logs;

/// <summary>Keeps the logs of this silo's chains open for the lifetime of the silo. Grains come and go; the logs stay open.</summary>
internal sealed partial class LogHost : ILifecycleParticipant<ISiloLifecycle>
{
    private readonly LogHostOptions _options;
    private readonly IClusterClient _cluster;
    private readonly HostMeters _meters;
    private readonly RecentBodies _bodies;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _log;
    private readonly SortedDictionary<ChainId, ChainLog> _logs = [];
    private readonly List<DamageRecorder> _damages = [];
    private readonly List<WriterLease> _leases = [];
    private readonly IHostApplicationLifetime? _lifetime;
    private readonly LogFailure _failure;

    public LogHost(IOptions<LogHostOptions> options, IClusterClient cluster, HostMeters meters, RecentBodies bodies, TimeProvider time, ILoggerFactory loggers, LogFailure failure, IHostApplicationLifetime? lifetime = null)
    {
        _options = options.Value;
        _cluster = cluster;
        _meters = meters;
        _bodies = bodies;
        _time = time;
        _loggers = loggers;
        _failure = failure;
        _lifetime = lifetime;
        _log = loggers.CreateLogger<LogHost>();
    }

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle observer)
    {
        observer.Subscribe(nameof(LogHost), ServiceLifecycleStage.ApplicationServices, OpenAsync, CloseAsync);
        observer.Subscribe(nameof(LogPublisher), ServiceLifecycleStage.Active, StartPublishingAsync, StopPublishingAsync);
    }

    /// <summary>The log of a chain.</summary>
    /// <exception cref="InvalidOperationException">This silo does not hold the log.</exception>
    public ChainLog Of(ChainId chain) => _logs.TryGetValue(chain, out var log)
        ? log
        : throw new InvalidOperationException($"Cannot open the log of chain {chain}: this silo does not hold it.");

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        foreach (var chain in _options.Chains)
        {
            // Opening reads the tail of the log and waits for the disk, so it must not run on the silo's thread.
            _logs[chain] = await Task.Run(() => OpenAsync(chain, cancellationToken), cancellationToken);
        }
    }

    private async Task<ChainLog> OpenAsync(ChainId chain, CancellationToken cancellationToken)
    {
        var publisher = new LogPublisher(
            chain, OrleansLogStream.Of(_cluster, chain), _options.Publisher, _meters.Publisher, _time, _loggers.CreateLogger<LogPublisher>());
        var commits = new CommitFeed();
        var damages = new DamageRecorder(_time);
        string directory = _options.DirectoryOf(chain);
        var lease = await ClaimAsync(chain, directory, cancellationToken);
        var log = EventLog.Open(_options.ToLogOptions(chain, new CommitFanOut(commits, publisher, new FactCounter(chain, _meters.Facts), batch => _bodies.Committed(chain, batch)), damage => Damaged(chain, damage, damages), lease, _time));
        lease?.Report(() => log.Watermark);
        var opened = new ChainLog(new LogLocation(chain, directory), log, commits, publisher, _meters.Log, _time) { Failed = failure => Failed(chain, failure) };
        LogOpened(_log, chain, directory, log.Epoch, log.Watermark);
        if (log.Recovery.TornTail is { } torn)
        {
            LogTorn(_log, chain, torn.SizeBytes, torn.File, torn.Offset, torn.CopiedTo);
        }

        if (log.Recovery.LostUpTo > GlobalSeq.None)
        {
            LogLostEnd(_log, chain, log.Recovery.Watermark.Next, log.Recovery.LostUpTo);
        }

        var batch = EpochStart.Of(log, chain, _options.Writer, _options.FoldOf(chain), RecordClock.Now(_time));
        var answer = await opened.AppendAsync(batch, AcknowledgeOn.Pool);
        if (answer.Detail.Length > 0)
        {
            LogNotWritable(_log, chain, answer.Detail);
        }

        _damages.Add(damages);
        damages.Start(log.LastSequence(DamageRecorder.Lane), async found => await AppendAsync(opened, found));
        return opened;
    }

    /// <summary>The right to write a chain's log in a cluster; null for a silo that is a cluster of its own.</summary>
    private async Task<WriterLease?> ClaimAsync(ChainId chain, string directory, CancellationToken cancellationToken)
    {
        if (_options.Registers is not { } registers)
        {
            return null;
        }

        var lease = await WriterLease.ClaimAsync(
            _options.Files, directory, registers(chain), Environment.MachineName, _options.Writer, _options.Lease, _time, cancellationToken);
        _leases.Add(lease);
        return lease;
    }

    /// <summary>A silo of a cluster ends with a log that failed for good, because the cluster sends it every append until it has gone. Its supervisor starts it again, which recovers the log.</summary>
    private void Failed(ChainId chain, Exception failure)
    {
        if (_options.Registers is not null && _failure.TrySet(failure))
        {
            LogFailedForGood(_log, chain, failure.Message);
            _lifetime?.StopApplication();
        }
    }

    private void Damaged(ChainId chain, LogDamage damage, DamageRecorder damages)
    {
        LogDamaged(_log, chain, damage);
        damages.Found(damage);
    }

    private static async ValueTask<FoldAppend> AppendAsync(ChainLog log, EventBatch batch)
    {
        var answer = await log.AppendAsync(batch, AcknowledgeOn.Pool);
        return answer.Outcome == AppendOutcome.Durable ? FoldAppend.Durable : FoldAppend.NotYet(answer.Detail);
    }

    private Task StartPublishingAsync(CancellationToken cancellationToken)
    {
        foreach (var log in _logs.Values)
        {
            log.StartPublishing();
        }

        return Task.CompletedTask;
    }

    private async Task StopPublishingAsync(CancellationToken cancellationToken)
    {
        foreach (var log in _logs.Values)
        {
            await log.StopPublishingAsync();
        }
    }

    private async Task CloseAsync(CancellationToken cancellationToken)
    {
        foreach (var damages in _damages)
        {
            await damages.DisposeAsync();
        }

        foreach (var (chain, log) in _logs)
        {
            await log.DisposeAsync();
            LogClosed(_log, chain, log.Reader.Watermark);
        }

        _leases.ForEach(static lease => lease.Dispose());
    }
}
