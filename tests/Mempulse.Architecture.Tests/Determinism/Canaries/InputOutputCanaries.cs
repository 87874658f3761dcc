namespace Mempulse.Architecture.Tests.Determinism.Canaries;

[CaughtAs(Determinism.Rule.InputOutput)]
internal sealed class ReadsFile
{
    internal byte[] Read(string path) => System.IO.File.ReadAllBytes(path);
}

[CaughtAs(Determinism.Rule.InputOutput)]
internal sealed class TakesStream
{
    internal bool Can(System.IO.Stream stream) => stream is null;
}

[CaughtAs(Determinism.Rule.InputOutput)]
internal sealed class WritesConsole
{
    internal void Say() => System.Console.WriteLine();
}

[CaughtAs(Determinism.Rule.InputOutput)]
internal sealed class OpensSocket
{
    internal object? Socket(System.Net.Sockets.Socket? socket) => socket;
}
