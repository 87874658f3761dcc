using Mempulse.Canon.Appending;
using Mempulse.Features.Registry;
using Mempulse.Features.Scoring;
using Mempulse.Features.Strategies;
using Mempulse.Folding;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Grains.Logs;
using Mempulse.Grains.Ranking;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Storage.Rules;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mempulse.Grains.Rules;

/// <summary>Puts the rules into this silo's logs before any lane starts, and again when their file changes.</summary>
/// <remarks>A file that cannot be used leaves the rules before it in force; <see cref="Problem"/> says why.</remarks>
internal sealed partial class RulesHost(
    IOptions<RulesOptions> options, IOptions<RankOptions> ranking, IOptions<LogHostOptions> chains, LogHost logs, RulesStores stores, TimeProvider time, ILogger<RulesHost> log)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly SortedDictionary<ChainId, Hash256> _inForce = [];
    private (DateTime Written, long Bytes) _seen;
    private bool _hasChosen;
    private Task _watching = Task.CompletedTask;
    private string _problem = string.Empty;

    /// <summary>Why the file as it is now is not in force, in a sentence; empty if it is. Thread-safe.</summary>
    public string Problem => Volatile.Read(ref _problem);

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle observer) => observer.Subscribe(nameof(RulesHost), ServiceLifecycleStage.BecomeActive, StartAsync, StopAsync);

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Registry is { } path)
        {
            await LoadIfChangedAsync(path);
            _watching = Task.Run(() => WatchAsync(path), CancellationToken.None);
        }
        else if (options.Value.Strategies is not null)
        {
            await ChooseAsync();
        }
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task WatchAsync(string path)
    {
        using var ticks = new PeriodicTimer(options.Value.ReloadInterval, time);
        while (await ticks.WaitForNextTickAsync(_stop.Token))
        {
            await LoadIfChangedAsync(path);
        }
    }

    private async Task LoadIfChangedAsync(string path)
    {
        try
        {
            var file = new FileInfo(path);
            var seen = (file.LastWriteTimeUtc, file.Exists ? file.Length : -1);
            if (seen == _seen && Problem.Length == 0)
            {
                return;
            }

            var registry = RegistryFile.Read(path);
            if (!_hasChosen)
            {
                await ChooseAsync();
                _hasChosen = true;
            }

            await LoadAsync(registry);
            (_seen, _problem) = (seen, string.Empty);
        }
        catch (Exception failure) when (failure is RegistryException or IOException or UnauthorizedAccessException)
        {
            if (failure.Message != Problem)
            {
                LogNotInForce(log, failure.Message);
            }

            Volatile.Write(ref _problem, failure.Message);
        }
    }

    /// <exception cref="IOException">The content or the record could not be written.</exception>
    private async Task LoadAsync(RegistryFile file)
    {
        var hash = file.Registry.ContentHash;
        foreach (var chain in chains.Value.Chains)
        {
            if (_inForce.TryGetValue(chain, out var before) && before == hash)
            {
                continue;
            }

            await StateAsync(chain, RuleSet.Registry, file.Content, file.Name);
            _inForce[chain] = hash;
            LogInForce(log, chain, hash, file.Path, file.Registry.ContractCount, file.Registry.SelectorCount);
        }
    }

    /// <summary>States which strategies run and how what they find is scored. Both were found when the options were validated, and do not change while the silo runs.</summary>
    /// <exception cref="IOException">The content or the record could not be written.</exception>
    private async Task ChooseAsync()
    {
        IReadOnlyList<string> names = options.Value.Strategies is null ? [.. StrategyCatalog.All.Select(static strategy => strategy.Id)] : options.Value.StrategyNames;
        string chosen = string.Join("; ", names);
        var scoring = OpportunityScoring.Default with { Profile = RankProfile.Find(ranking.Value.Profile)! };
        foreach (var chain in chains.Value.Chains)
        {
            await StateAsync(chain, RuleSet.Strategies, StrategyChoice.Write(names), "strategies");
            await StateAsync(chain, RuleSet.Scoring, ScoringChoice.Write(scoring), "scoring");
            LogChosen(log, chain, chosen, scoring.Profile.Id);
        }
    }

    /// <exception cref="IOException">The content or the record could not be written.</exception>
    private async Task StateAsync(ChainId chain, RuleSet set, ReadOnlyMemory<byte> content, string name)
    {
        var hash = stores.Of(chain).Put(content.Span);
        var opened = logs.Of(chain);
        var loaded = new LogEvent.RulesLoaded(set, hash, (ulong)content.Length, name);
        var answer = await opened.AppendAsync(RulesRecord.Of(loaded, opened.LastSequence(RulesRecord.Lane), RecordClock.Now(time)), AcknowledgeOn.Pool);
        if (answer.Outcome != AppendOutcome.Durable)
        {
            throw new IOException($"Cannot record the rules {name} in the log of chain {chain}: {answer.Detail}");
        }
    }
}
