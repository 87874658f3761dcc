using System.CommandLine;
using System.Text.Json.Nodes;
using Mempulse.Canon;
using Mempulse.ChainState.Recorded;
using Mempulse.Cli.Decoding;
using Mempulse.Cli.Terminals;
using Mempulse.Net.Captures;
using Mempulse.Net.Decoding;
using Mempulse.Net.Playback;
using Mempulse.Primitives;
using Mempulse.Storage.Rules;

namespace Mempulse.Cli.Captures;

/// <summary><c>mempulse capture play CAPTURE --out DIR</c>: writes a log from a capture, without a service.</summary>
internal sealed class CapturePlayCommand(CaptureReader capture, RecordedStates? states, string directory, RegistryFile registry, PlaybackPace pace, TimeProvider time)
{
    private const string WriterName = "mempulse capture play";
    private static readonly TimeSpan ProgressPeriod = TimeSpan.FromMilliseconds(100);

    public static Command Build(CommandContext context)
    {
        var path = new Argument<string>("CAPTURE") { Description = "A capture file, or a directory with exactly one." };
        var output = new Option<string>("--out") { Description = "Directory of the log to write; it must be empty or not exist.", Required = true };
        var speed = new Option<string>("--speed") { Description = "'max', or the number of recorded seconds to play per second.", DefaultValueFactory = _ => "max" };
        var rules = RegistryOption.Build();
        var command = new Command("play", "Play a capture into a new log: decode, append, fold, append the derived events. Two runs write the same bytes.") { path, output, speed, rules };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string directory = parsed.GetRequiredValue(output);
            var pace = PaceOf(parsed.GetValue(speed));
            if (File.Exists(directory) || (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any()))
            {
                throw new UsageException($"Cannot play into '{directory}': it is not empty. Choose a new directory.");
            }

            var registry = RegistryOption.Read(parsed.GetValue(rules));
            string file = CapturePlace.Find(parsed.GetRequiredValue(path));
            using var capture = CaptureReader.Open(file);
            var play = new CapturePlayCommand(capture, RecordedStateFile.ReadBeside(file, capture.Header.Chain, capture.Header.Title), directory, registry, pace, context.Time);
            long size = capture.LengthBytes;
            var (counts, last, digest) = await context.Progress.RunAsync(
                "Playing",
                counter =>
                {
                    counter.Total = size;
                    return play.RunAsync(counter, cancellationToken).GetAwaiter().GetResult();
                }).ConfigureAwait(false);
            context.Write(
                parsed,
                text =>
                {
                    text.WriteLine($"{directory}: {counts.Facts} facts and {counts.Derived} derived events");
                    text.WriteLine($"final {last} {digest}");
                },
                () => new JsonObject { ["directory"] = directory, ["facts"] = counts.Facts, ["derived"] = counts.Derived, ["seq"] = last.Value, ["digest"] = digest.ToString() });
            return ExitCode.Good;
        });
        return command;
    }

    private static PlaybackPace PaceOf(string? text) =>
        PlaybackPace.TryParse(text, out var pace) ? pace : throw new UsageException($"'{text}' is not a valid speed: expected 'max' or a number from 0.01 to 10000.");

    private async Task<(PlayCounts Counts, GlobalSeq Last, StateDigest Digest)> RunAsync(ProgressCounter counter, CancellationToken cancellationToken)
    {
        var header = capture.Header;
        using var log = EventLog.Open(new EventLogOptions { Directory = directory, Chain = header.Chain, Time = time });
        var options = new PlaybackOptions { Pace = pace };
        var writer = new DeterministicLogWriter(log, directory, header.Chain, options.LaneName, states is null ? null : new RecordedPools(states));
        await writer.BeginAsync(header.SuggestedParameters, registry, WriterName, header.Start, cancellationToken).ConfigureAwait(false);
        var lane = new PlaybackLane(capture, options, writer, TransactionBodyDecoder.For(header.Chain), time);
        await using (lane.ConfigureAwait(false))
        {
            await lane.StartAsync(cancellationToken).ConfigureAwait(false);
            while (await Task.WhenAny(lane.Completion, Task.Delay(ProgressPeriod, time, cancellationToken)).ConfigureAwait(false) != lane.Completion)
            {
                cancellationToken.ThrowIfCancellationRequested();
                counter.Done = capture.PositionBytes;
            }

            await lane.Completion.ConfigureAwait(false);
        }

        await writer.CompleteAsync(cancellationToken).ConfigureAwait(false);
        if (lane.Damage is { } damage)
        {
            throw damage;
        }

        return (writer.Counts, writer.Engine.Applied, writer.Engine.Digest());
    }
}
