# A Spack recipe for Spillway. To use it, put it into a repository of your own:
#   spack repo create mine && mkdir mine/packages/spillway && cp package.py mine/packages/spillway/ && spack repo add ./mine
# Not run: no Spack was at hand. The tests see only that it is Python. Names of packages and versions are Spack's; `git` is to be set
# to where your copy of the repository is.
from spack.package import *


class Spillway(CMakePackage):
    """Agent-based simulator of rival platforms."""

    git = "file:///path/to/spillway"
    license("Apache-2.0")
    version("main", branch="main")

    depends_on("cxx", type="build")
    depends_on("cmake@3.25:", type="build")
    depends_on("ninja", type="build")
    depends_on("pkgconfig", type="build")
    depends_on("intel-oneapi-tbb")
    depends_on("yaml-cpp")
    depends_on("hdf5~mpi")
    depends_on("libdeflate")
    depends_on("cli11")
    depends_on("fmt")
    depends_on("nlohmann-json")
    depends_on("boost")
    depends_on("eigen")
    depends_on("nlopt")
    conflicts("%gcc@:11", msg="needs C++20 as g++ 12 has it")

    generator("ninja")

    def cmake_args(self):
        return [self.define("BUILD_TESTING", False)]

    @property
    def build_targets(self):
        return ["spillway_program"]

    def install(self, spec, prefix):
        mkdirp(prefix.bin)
        install(join_path(self.build_directory, "spillway"), prefix.bin)
        install_tree("scenarios", prefix.share.spillway.scenarios)
