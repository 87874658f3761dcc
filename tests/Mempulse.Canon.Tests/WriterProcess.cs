using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Mempulse.Primitives;

namespace Mempulse.Canon.Tests;

/// <summary>This test program, started again as a writer that appends until it is killed and prints each acknowledgement.</summary>
internal static class WriterProcess
{
    private const string DirectoryVariable = "MEMPULSE_TEST_LOG_WRITER";

    /// <summary>Starts a writer. Each line it prints is the watermark after an acknowledgement; the last may be the name of an exception.</summary>
    public static Process Start(string directory)
    {
        string self = Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(self) == "dotnet";
        var start = new ProcessStartInfo(self, isHost ? [typeof(WriterProcess).Assembly.Location] : []) { RedirectStandardOutput = true };
        start.Environment[DirectoryVariable] = directory;
        return Process.Start(start)!;
    }

#pragma warning disable CA2255 // This assembly is a program, and the child must branch off before the test runner starts.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void RunIfAsked()
    {
        if (Environment.GetEnvironmentVariable(DirectoryVariable) is not { } directory)
        {
            return;
        }

        try
        {
            Write(directory);
        }
        catch (IOException error)
        {
            Console.WriteLine(error.GetType().Name);
        }

        Environment.Exit(0);
    }

    /// <summary>Appends on this thread only: any other thread that enters this module waits until the module initializer returns.</summary>
    private static void Write(string directory)
    {
        using var log = EventLog.Open(new EventLogOptions { Directory = directory, Chain = new ChainId(1), SegmentSizeBytes = 64 << 10 });
        for (int size = 1; ; size = (size % 97) + 1)
        {
            var result = log.AppendAsync(Batches.Seen(SyncLog.Lane, log.Watermark.Value + 1, size), CancellationToken.None).AsTask().GetAwaiter().GetResult();
            Console.WriteLine(result.Watermark.Value.ToString(CultureInfo.InvariantCulture));
        }
    }
}
