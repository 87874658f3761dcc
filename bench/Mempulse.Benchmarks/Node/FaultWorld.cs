using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Mempulse.Testing.Anvil;

namespace Mempulse.Benchmarks.Node;

/// <summary>An anvil with steady traffic, a node process that follows it, and the volume of the node's data.</summary>
internal sealed class FaultWorld : IAsyncDisposable
{
    private static readonly string[] _anvilArguments = ["--gas-limit", "300000000"];
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(120);

    private readonly IEnumerable<KeyValuePair<string, string>> _settings;

    private readonly AnvilNode _anvil;
    private readonly List<double> _restartSeconds = [];
    private AnvilNode? _other;

    private FaultWorld(FaultVolume volume, IEnumerable<KeyValuePair<string, string>> settings, AnvilNode anvil, PortRelay relay, SteadyTraffic traffic)
    {
        Volume = volume;
        _settings = settings;
        _anvil = anvil;
        Relay = relay;
        Traffic = traffic;
    }

    /// <summary>The volume.</summary>
    public FaultVolume Volume { get; }

    /// <summary>The node's data.</summary>
    public string Directory => Volume.Path;

    /// <summary>Stands between the node and the anvil.</summary>
    public PortRelay Relay { get; }

    /// <summary>The node.</summary>
    public ServedNode Node { get; private set; } = null!;

    /// <summary>For each kill, the seconds from the start of the next process until it was well.</summary>
    public IReadOnlyList<double> RestartSeconds => _restartSeconds;

    /// <summary>The traffic.</summary>
    public SteadyTraffic Traffic { get; }

    /// <summary>Starts everything but the traffic.</summary>
    public static async Task<FaultWorld> StartAsync(FaultVolume volume, IEnumerable<KeyValuePair<string, string>> settings)
    {
        var anvil = await AnvilNode.StartAsync(default, null, _anvilArguments).ConfigureAwait(false);
        var world = new FaultWorld(volume, settings, anvil, new PortRelay(anvil.Port), await SteadyTraffic.OnAsync(anvil).ConfigureAwait(false));
        await world.StartNodeAsync().ConfigureAwait(false);
        return world;
    }

    /// <summary>Kills the node as kill -9 does, and starts it again.</summary>
    public async Task KillAndRestartAsync()
    {
        await Node.DisposeAsync().ConfigureAwait(false);
        long started = Stopwatch.GetTimestamp();
        await StartNodeAsync().ConfigureAwait(false);
        await SecondsToOkAsync().ConfigureAwait(false);
        _restartSeconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    /// <summary>Puts an anvil of another chain in the place of the first one.</summary>
    public async Task ReplaceAnvilAsync()
    {
        _other = await AnvilNode.StartAsync(default, null, "--chain-id", "99").ConfigureAwait(false);
        Relay.LeadTo(_other.Port);
    }

    /// <summary>Puts the first anvil back.</summary>
    public void RestoreAnvil() => Relay.LeadTo(_anvil.Port);

    /// <summary>What the health says is wrong; null if nothing is.</summary>
    public async Task<string?> TroubleAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            using var answer = await Node.Client.GetAsync(new Uri("/health", UriKind.Relative), limit.Token).ConfigureAwait(false);
            using var health = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(limit.Token).ConfigureAwait(false));
            string status = health.RootElement.GetProperty("status").GetString()!;
            return status == "ok" ? null : $"{status}: {string.Join(' ', health.RootElement.GetProperty("chains")[0].GetProperty("problems").EnumerateArray().Select(problem => problem.ToString()))}";
        }
        catch (Exception silent) when (silent is HttpRequestException or OperationCanceledException)
        {
            return "no answer";
        }
    }

    /// <summary>Seconds until the health is ok.</summary>
    public async Task<double> SecondsToOkAsync()
    {
        long started = Stopwatch.GetTimestamp();
        while (await TroubleAsync().ConfigureAwait(false) is not null && Stopwatch.GetElapsedTime(started) < _patience)
        {
            await Task.Delay(_pause).ConfigureAwait(false);
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync().ConfigureAwait(false);
        Relay.Dispose();
        if (_other is not null)
        {
            await _other.DisposeAsync().ConfigureAwait(false);
        }

        await _anvil.DisposeAsync().ConfigureAwait(false);
    }

    private async Task StartNodeAsync() =>
        Node = await ServedNode.StartAsync(Directory, string.Create(CultureInfo.InvariantCulture, $"ws://127.0.0.1:{Relay.Port}"), _settings).ConfigureAwait(false);
}
