using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Mempulse.Net.Tests.Peers;

/// <summary>Forwards loopback connections and delays every byte by the same time in both directions: a long-distance link.</summary>
internal sealed class DelayingProxy : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _target;
    private readonly TimeSpan _delay;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _accepting;

    public DelayingProxy(IPEndPoint target, TimeSpan delay)
    {
        _target = target;
        _delay = delay;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ForwardAsync(await _listener.AcceptTcpClientAsync(_closing.Token)));
            }
        }
        finally
        {
            await Task.WhenAll(connections).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ForwardAsync(TcpClient near)
    {
        using (near)
        {
            using var far = new TcpClient { NoDelay = true };
            near.NoDelay = true;
            await far.ConnectAsync(_target, _closing.Token);
            Task[] ways = [.. Copy(near.GetStream(), far.GetStream()), .. Copy(far.GetStream(), near.GetStream())];
            await (await Task.WhenAny(ways)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private IEnumerable<Task> Copy(NetworkStream from, NetworkStream to)
    {
        var cable = Channel.CreateUnbounded<(DateTimeOffset Due, byte[] Bytes)>();
        yield return ReadAsync(from, cable.Writer);
        yield return WriteAsync(cable.Reader, to);
    }

    private async Task ReadAsync(NetworkStream from, ChannelWriter<(DateTimeOffset Due, byte[] Bytes)> cable)
    {
        byte[] buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, _closing.Token) is var count and > 0)
        {
            cable.TryWrite((TimeProvider.System.GetUtcNow() + _delay, buffer[..count]));
        }
    }

    private async Task WriteAsync(ChannelReader<(DateTimeOffset Due, byte[] Bytes)> cable, NetworkStream to)
    {
        using var timer = new PeriodicTimer(Tick);
        await foreach (var (due, bytes) in cable.ReadAllAsync(_closing.Token))
        {
            while (TimeProvider.System.GetUtcNow() < due)
            {
                await timer.WaitForNextTickAsync(_closing.Token);
            }

            await to.WriteAsync(bytes, _closing.Token);
        }
    }
}
