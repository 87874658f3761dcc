using Mempulse.Net.Captures;

namespace Mempulse.Net.Tests.Captures;

/// <summary>A path is a capture or a directory with exactly one; anything else is refused with what was found.</summary>
public sealed class CapturePlaceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mempulse-captures-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_file_is_itself_and_a_directory_is_its_only_capture()
    {
        File.WriteAllText(At("a.mpc"), string.Empty);
        File.WriteAllText(At("a.txt"), string.Empty);

        Assert.Equal(At("a.txt"), CapturePlace.Find(At("a.txt")));
        Assert.Equal(At("a.mpc"), CapturePlace.Find(_folder.FullName));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_directory_with_none_or_several_is_refused_with_their_number(int count)
    {
        for (int i = 0; i < count; i++)
        {
            File.WriteAllText(At($"{i}.mpc"), string.Empty);
        }

        var refused = Assert.Throws<FileNotFoundException>(() => CapturePlace.Find(_folder.FullName));

        Assert.EndsWith($"expected one *.mpc file, found {count}.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_without_a_file_is_refused_by_its_name() =>
        Assert.Equal($"There is no capture at '{At("none.mpc")}'.", Assert.Throws<FileNotFoundException>(() => CapturePlace.Find(At("none.mpc"))).Message);

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
