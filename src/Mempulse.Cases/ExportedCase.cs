using Mempulse.Storage.Cases;

namespace Mempulse.Cases;

/// <summary>A case that was exported.</summary>
/// <param name="Content">What it has.</param>
/// <param name="Withheld">Simulations and bundles whose transactions can still be executed, so that it does not have them.</param>
/// <param name="File">The bytes of its file.</param>
public sealed record ExportedCase(CaseContent Content, IReadOnlyCollection<CaseEvent> Withheld, ReadOnlyMemory<byte> File);
