using Mempulse.Architecture.Tests.Sources;

namespace Mempulse.Architecture.Tests.Handlers;

/// <summary>A handler names the exceptions it expects; one that catches everything is a boundary and states so.</summary>
public sealed class CatchAllTests
{
    [Fact]
    public void Every_catch_all_rethrows_or_states_a_reason() => Findings.None(CatchAlls.WithoutReason(SyntaxFile.Production));

    [Theory]
    [InlineData("catch { Stop(); }")]
    [InlineData("catch (Exception) { Stop(); }")]
    [InlineData("catch (System.Exception failure) when (failure is not OperationCanceledException) { Stop(failure); }")]
    [InlineData("catch (Exception failure) when (!token.IsCancellationRequested) { Stop(failure); }")]
    public void Canary_a_handler_without_reason_is_caught(string handler) => Assert.Single(CatchAlls.WithoutReason([Of(handler)]));

    [Theory]
    [InlineData("catch { Stop(); throw; }")]
    [InlineData("catch (IOException) { Stop(); }")]
    [InlineData("catch (Exception failure) when (failure is IOException or FormatException) { Stop(failure); }")]
    [InlineData("catch (Exception failure) // The lane's boundary: its state says what failed.\n{ Stop(failure); }")]
    [InlineData("// The lane's boundary: its state says what failed.\ncatch (Exception failure)\n{ Stop(failure); }")]
    public void A_handler_that_filters_rethrows_or_states_a_reason_is_allowed(string handler) => Assert.Empty(CatchAlls.WithoutReason([Of(handler)]));

    private static SyntaxFile Of(string handler) =>
        SyntaxFile.Of(SourceFile.Of("src/A.cs", "class A { void Run() { try { Work(); }\n" + handler + "\n} }"));
}
