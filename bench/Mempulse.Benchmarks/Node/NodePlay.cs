using System.Diagnostics;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Net.Captures;
using Mempulse.Net.Decoding;
using Mempulse.Net.Playback;
using Microsoft.AspNetCore.Builder;

namespace Mempulse.Benchmarks.Node;

/// <summary>One capture played through a node at maximal pace, from the lane's start until the last derived event is folded.</summary>
internal sealed record NodePlay
{
    private const ulong StepFacts = 1_000_000;

    /// <summary>Facts of the lane.</summary>
    public required long Facts { get; init; }

    /// <summary>Records in the log, including derived events.</summary>
    public required ulong Records { get; init; }

    /// <summary>Duration in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>What the whole process used during the run.</summary>
    public required ProcessUsage Usage { get; init; }

    /// <summary>Intermediate measurements.</summary>
    public required IReadOnlyList<Step> Steps { get; init; }

    /// <summary>Status of the fold at the end.</summary>
    public required PoolStatus Status { get; init; }

    /// <summary>Facts per second.</summary>
    public double Rate => Facts / Seconds;

    /// <summary>Processor time per fact, in microseconds.</summary>
    public double ProcessorMicros => Usage.ProcessorSeconds / Facts * 1e6;

    /// <summary>Bytes allocated per fact.</summary>
    public double AllocatedPerFact => (double)Usage.AllocatedBytes / Facts;

    /// <summary>Plays a capture into a new log.</summary>
    public static async Task<NodePlay> RunAsync(string directory, string capture, Func<TransactionBodyDecoder> decoders, Action<WebApplicationBuilder>? configure = null)
    {
        // Each source connects and disconnects: two more facts.
        ulong records = (ulong)(CaptureFiles.Count(capture) + (2 * MadeCapture.Header(default).Sources.Count));
        long started = 0;
        var before = ProcessUsage.Now();
        CaptureReader Open()
        {
            before = ProcessUsage.Now();
            started = Stopwatch.GetTimestamp();
            return CaptureReader.Open(capture);
        }

        GC.Collect();
        var node = await NodeRun.StartAsync(directory, Open, PlaybackPace.Maximal, decoders, TimeProvider.System, configure).ConfigureAwait(false);
        await using (node.ConfigureAwait(false))
        {
            var steps = new List<Step>();
            var (stepFacts, stepAt) = (0ul, 0L);
            long ended = await node.WaitForAsync(records, durable =>
            {
                stepAt = stepAt == 0 ? started : stepAt;
                if (durable >= stepFacts + StepFacts)
                {
                    double rate = (durable - stepFacts) / Stopwatch.GetElapsedTime(stepAt).TotalSeconds;
                    steps.Add(new Step(durable, rate, GC.GetTotalMemory(forceFullCollection: false), Environment.WorkingSet));
                    (stepFacts, stepAt) = (durable, Stopwatch.GetTimestamp());
                }
            }).ConfigureAwait(false);
            return new NodePlay
            {
                Facts = (long)records,
                Records = node.Log.Reader.Watermark.Value,
                Seconds = Stopwatch.GetElapsedTime(started, ended).TotalSeconds,
                Usage = ProcessUsage.Now().Since(before),
                Steps = steps,
                Status = await node.StatusAsync().ConfigureAwait(false),
            };
        }
    }

    /// <summary>One point of the run.</summary>
    /// <param name="Facts">Durable facts of the lane.</param>
    /// <param name="Rate">Facts per second since the last step.</param>
    /// <param name="HeapBytes">Size of the managed heap, including garbage.</param>
    /// <param name="WorkingSetBytes">Working set of the process.</param>
    internal sealed record Step(ulong Facts, double Rate, long HeapBytes, long WorkingSetBytes);
}
