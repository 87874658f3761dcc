using Mempulse.Grains.Ingest;
using Mempulse.Net.Captures;
using Mempulse.Net.Decoding;
using Mempulse.Net.Playback;

namespace Mempulse.Node.Lanes;

/// <summary>Input from a capture: one playback lane.</summary>
internal static class CaptureInput
{
    private const string SampleFile = "samples/mainnet-pectra.mpc";

    /// <summary>The capture that ships with the node.</summary>
    public static string SamplePath => Path.Combine(AppContext.BaseDirectory, SampleFile);

    /// <summary>Reads the capture's header and plans its lane.</summary>
    /// <exception cref="CaptureDamagedException">The file is not a capture, or is damaged.</exception>
    public static NodeInput Of(string path, PlaybackPace? pace)
    {
        var header = ReadHeader(path);
        var played = pace ?? PlaybackPace.Scaled(header.SuggestedPacePercent / 100.0);
        var lane = new LanePlan(PlaybackOptions.DefaultLaneName, header.Chain, header.IsSynthetic, context =>
            new PlaybackLane(CaptureReader.Open(path), new PlaybackOptions { Pace = played, Meters = context.Meters }, context.Sink, TransactionBodyDecoder.For(header.Chain), context.Time));
        string kind = header.IsSynthetic ? $"synthetic: {header.Label}" : "recorded";
        return new NodeInput(
            [header.Chain], [lane], header.IsSynthetic, header.SuggestedParameters, $"capture \"{header.Title}\" at pace {played} ({kind})");
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
