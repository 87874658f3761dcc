using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Tests.Vectors;

namespace Mempulse.Devp2p.Tests.Interop;

/// <summary>@ethereumjs/devp2p in its own process, driven by peer.mjs.</summary>
internal sealed class EthereumJsPeer : IAsyncDisposable
{
    private const string Library = ".tools/node_modules/@ethereumjs/devp2p/package.json";

    private readonly Process _process;
    private readonly string _transactionsPath;
    private readonly ConcurrentQueue<JsonElement> _events = new();

    private EthereumJsPeer(Process process, string transactionsPath)
    {
        _process = process;
        _transactionsPath = transactionsPath;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { Length: > 0 } text)
            {
                _events.Enqueue(JsonDocument.Parse(text).RootElement);
            }
        };
        process.BeginOutputReadLine();
    }

    public IEnumerable<JsonElement> Events => _events;

    public static EthereumJsPeer Listen(IEnumerable<PoolTransaction> pool) => Start("listen", pool);

    public static EthereumJsPeer Dial(Enode node, IEnumerable<PoolTransaction> pool) =>
        Start(string.Create(CultureInfo.InvariantCulture, $"{node.Id}@{node.TcpPort}"), pool);

    /// <summary>Waits for an event of the peer.</summary>
    public async Task<JsonElement> WaitForAsync(string name, Func<JsonElement, bool>? isWanted = null)
    {
        JsonElement found = default;
        await Until.TrueAsync(
            () => _events.Any(line => line.GetProperty("event").GetString() == name && (isWanted?.Invoke(line) ?? true) && (found = line).ValueKind == JsonValueKind.Object),
            $"the JavaScript peer reports '{name}'; its last events: {string.Join(' ', _events.TakeLast(5))}");
        return found;
    }

    public async Task<Enode> WaitForAddressAsync()
    {
        var listening = await WaitForAsync("listening");
        Assert.True(NodeId.TryParse(listening.GetProperty("id").GetString(), out var id));
        int port = listening.GetProperty("port").GetInt32();
        return new Enode(id, IPAddress.Loopback, port, port);
    }

    public void Disconnect(int reason) => _process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"disconnect {reason}"));

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        File.Delete(_transactionsPath);
    }

    private static EthereumJsPeer Start(string mode, IEnumerable<PoolTransaction> pool)
    {
        string modules = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(DevP2pVectors.FindInCheckout(Library))))!;
        string transactions = Path.GetTempFileName();
        File.WriteAllLines(transactions, pool.Select(tx => $"{tx.Hash} {tx.Type} 0x{Convert.ToHexStringLower(tx.Raw)}"));
        string script = DevP2pVectors.FindInCheckout("tests/Mempulse.Devp2p.Tests/Interop/peer.mjs");
        var process = Process.Start(new ProcessStartInfo("node", [script, modules, mode, transactions])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("node did not start.");
        return new EthereumJsPeer(process, transactions);
    }
}
