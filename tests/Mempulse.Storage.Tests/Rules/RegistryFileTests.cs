using Mempulse.Ethereum.Hashing;
using Mempulse.Features.Registry;
using Mempulse.Storage.Rules;

namespace Mempulse.Storage.Tests.Rules;

/// <summary>A registry file is read as a whole, or refused by its name.</summary>
public sealed class RegistryFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("mempulse-registry-").FullName, "own.json");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Fact]
    public void A_file_has_its_bytes_its_name_and_its_version()
    {
        File.WriteAllBytes(_path, """{"format": 1}"""u8);

        var read = RegistryFile.Read(_path);

        Assert.Equal("""{"format": 1}"""u8, read.Content.Span);
        Assert.Equal(("own.json", Keccak256.Hash("""{"format": 1}"""u8)), (read.Name, read.Registry.ContentHash));
    }

    [Fact]
    public void A_file_that_is_not_a_registry_is_refused_by_its_name()
    {
        File.WriteAllBytes(_path, "{"u8);

        Assert.StartsWith($"Cannot use the registry {_path}: The registry is not JSON", Assert.Throws<RegistryException>(() => RegistryFile.Read(_path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_beyond_the_limit_is_refused_without_reading_it_whole()
    {
        using (var file = File.OpenHandle(_path, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.SetLength(file, 1L << 40); // a sparse terabyte
        }

        Assert.Contains($"the limit is {RegistryReader.MaxFileBytes}", Assert.Throws<RegistryException>(() => RegistryFile.Read(_path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_absent_file_is_not_found() => Assert.Throws<FileNotFoundException>(() => RegistryFile.Read(_path));
}
