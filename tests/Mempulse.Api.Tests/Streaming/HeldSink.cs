using System.Text;
using System.Text.Json;
using Mempulse.Api.Streaming;

namespace Mempulse.Api.Tests.Streaming;

/// <summary>A reader that keeps what it was sent, and takes nothing while the test holds it back.</summary>
internal sealed class HeldSink : IStreamSink
{
    private readonly Lock _sync = new();
    private readonly List<StreamItem> _items = [];
    private TaskCompletionSource? _held;

    /// <summary>What was sent so far.</summary>
    public IReadOnlyList<StreamItem> Items
    {
        get
        {
            lock (_sync)
            {
                return [.. _items];
            }
        }
    }

    /// <summary>The positions of the events that were sent.</summary>
    public IReadOnlyList<ulong> Events => [.. Items.Where(static item => item.Name == "TxSeen").Select(static item => item.Seq.Value)];

    public static JsonElement Read(StreamItem item)
    {
        using var document = JsonDocument.Parse(item.Json);
        return document.RootElement.Clone();
    }

    public static string Text(StreamItem item) => Encoding.UTF8.GetString(item.Json.Span);

    /// <summary>Takes nothing more until <see cref="Release"/>.</summary>
    public void Hold() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _held?.SetResult();

    public void Write(StreamItem item)
    {
        lock (_sync)
        {
            _items.Add(item);
        }
    }

    public Task FlushAsync() => _held?.Task ?? Task.CompletedTask;
}
