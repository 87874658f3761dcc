using System.Diagnostics;
using System.Text;

namespace Mempulse.Mutation;

/// <summary>What a program that was run has left.</summary>
/// <param name="ExitCode">Its exit code; null when it did not end in time and was ended.</param>
/// <param name="Output">What it wrote, both streams.</param>
internal sealed record Tool(int? ExitCode, string Output)
{
    /// <summary>Runs a program to its end, or ends it and its children when the time is up or the run is cancelled.</summary>
    public static async Task<Tool> RunAsync(string directory, TimeSpan limit, string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var output = new StringBuilder();
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = directory,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.OutputDataReceived += Collect;
        process.ErrorDataReceived += Collect;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        try
        {
            await process.WaitForExitAsync(deadline.Token).ConfigureAwait(false);
            return new Tool(process.ExitCode, Text());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            return new Tool(null, Text());
        }

        void Collect(object sender, DataReceivedEventArgs line)
        {
            lock (output)
            {
                output.AppendLine(line.Data);
            }
        }

        string Text()
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }
}
