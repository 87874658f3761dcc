using Mempulse.ChainState.Recorded;
using Mempulse.Grains.Ingest;
using Mempulse.Net.Captures;
using Mempulse.Net.Decoding;
using Mempulse.Net.Playback;

namespace Mempulse.Node.Lanes;

/// <summary>Input from captures: a playback lane for each, one after the other, and the states that were recorded with them.</summary>
internal static class CaptureInput
{
    private const string SampleFile = "samples/mainnet-pectra.mpc";
    private const string SwapsFile = "samples/mainnet-swaps.mpc";
    private const string SwapsLane = "playback-swaps";

    /// <summary>The capture of consecutive blocks that ships with the node.</summary>
    public static string SamplePath => Path.Combine(AppContext.BaseDirectory, SampleFile);

    /// <summary>The capture of swaps with recorded states that ships with the node.</summary>
    public static string SwapsPath => Path.Combine(AppContext.BaseDirectory, SwapsFile);

    /// <summary>Both captures that ship with the node: the swaps first, because their blocks are the earlier ones.</summary>
    public static NodeInput Shipped(PlaybackPace? pace)
    {
        var first = Of(SwapsPath, pace, SwapsLane, before: null, out var ended);
        var second = Of(SamplePath, pace, PlaybackOptions.DefaultLaneName, ended, out _);
        return new NodeInput(first.Chains, [.. first.Lanes, .. second.Lanes], first.IsSynthetic || second.IsSynthetic, second.Fold, $"{first.Label}, then {second.Label}")
        {
            Recorded = first.Recorded,
            Notes = first.Notes,
        };
    }

    /// <summary>Reads the capture's header and its recorded states, and plans its lane.</summary>
    /// <exception cref="CaptureDamagedException">The file is not a capture, or is damaged.</exception>
    /// <exception cref="RecordedStateDamagedException">The file with its states is damaged, or belongs to another capture.</exception>
    public static NodeInput Of(string path, PlaybackPace? pace) => Of(path, pace, PlaybackOptions.DefaultLaneName, before: null, out _);

    private static NodeInput Of(string path, PlaybackPace? pace, string name, Task? before, out Task ended)
    {
        var header = ReadHeader(path);
        var played = pace ?? PlaybackPace.Scaled(header.SuggestedPacePercent / 100.0);
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ended = end.Task;
        var lane = new LanePlan(name, header.Chain, header.IsSynthetic, context =>
        {
            try
            {
                var playback = new PlaybackLane(CaptureReader.Open(path), new PlaybackOptions { LaneName = name, Pace = played, Meters = context.Meters }, context.Sink, TransactionBodyDecoder.For(header.Chain), context.Time);
                _ = playback.Completion.ContinueWith(_ => end.SetResult(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
                return before is null ? playback : new FollowingLane(playback, before);
            }
            catch
            {
                end.SetResult(); // the host reports why this one is not played; the next one is
                throw;
            }
        });
        string kind = header.IsSynthetic ? $"synthetic: {header.Label}" : "recorded";
        var states = RecordedStateFile.ReadBeside(path, header.Chain, header.Title);
        return new NodeInput([header.Chain], [lane], header.IsSynthetic, header.SuggestedParameters, $"capture \"{header.Title}\" at pace {played} ({kind})")
        {
            Recorded = states is null ? [] : [states],
            Notes = states is null ? [] : [$"state      as it was recorded for {states.Blocks.Count} blocks of \"{states.Capture}\", without proofs"],
        };
    }

    private static CaptureHeader ReadHeader(string path)
    {
        try
        {
            using var reader = CaptureReader.Open(path);
            return reader.Header;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"Cannot play '{path}': {unreadable.Message}", unreadable);
        }
    }
}
