#include "cli/account_list.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <string>

#include <unistd.h>

#include "cli/usage_error.hpp"

namespace redrive::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

where_options given(std::vector<std::string> accounts, std::string role = "Ops") {
    where_options out;
    out.accounts = std::move(accounts);
    out.assume_role = std::move(role);
    return out;
}

std::vector<std::string> accounts_of(const std::vector<fleet_role>& roles) {
    std::vector<std::string> out;
    for (const auto& each : roles)
        out.push_back(each.account);
    return out;
}

std::string why(const where_options& where) {
    try {
        static_cast<void>(roles_of(where));
    } catch (const usage_error& error) {
        return error.what();
    }
    return {};
}

class account_file {
  public:
    explicit account_file(const std::string& text) { std::ofstream{path_} << text; }
    ~account_file() { std::remove(path_.c_str()); }
    account_file(const account_file&) = delete;
    account_file& operator=(const account_file&) = delete;
    [[nodiscard]] std::string name() const { return "@" + path_; }

  private:
    std::string path_ = ::testing::TempDir() + "accounts-" + std::to_string(::getpid());
};

TEST(AccountList, IsEmptyWithoutAccounts) {
    EXPECT_TRUE(roles_of({}).empty());
}

TEST(AccountList, JoinsCommaListsAndNamesEachAccountOnce) {
    const auto roles = roles_of(given({"111111111111, 222222222222", "111111111111"}));
    EXPECT_THAT(accounts_of(roles), ElementsAre("111111111111", "222222222222"));
    EXPECT_EQ(roles[0].role, "Ops");
}

TEST(AccountList, ReadsAFileWithItsOwnRolesAndRegions) {
    const account_file file{
        "# production\n"
        "{\"account\":\"111111111111\"}\n\n"
        "{\"account\":\"222222222222\",\"role\":\"Other\",\"external_id\":\"e\","
        "\"session_name\":\"s\",\"regions\":[\"eu-west-1\",\"all\"],\"team\":7}\n"};
    auto where = given({file.name()});
    where.external_id = "ours";
    const auto roles = roles_of(where);
    ASSERT_EQ(roles.size(), 2u);
    EXPECT_EQ(roles[0].role, "Ops");
    EXPECT_EQ(roles[0].external_id, "ours");
    EXPECT_EQ(roles[1].role, "Other");
    EXPECT_EQ(roles[1].external_id, "e");
    EXPECT_EQ(roles[1].session_name, "s");
    EXPECT_THAT(roles[1].regions, ElementsAre("eu-west-1", "all"));
}

TEST(AccountList, NamesTheLineThatCannotBeRead) {
    const account_file file{"{\"account\":\"111111111111\"}\n{\"account\":\"short\"}\n"};
    EXPECT_THAT(why(given({file.name()})), HasSubstr("line 2: account is not 12 digits"));
}

TEST(AccountList, RefusesWhatCannotBeAnAccount) {
    EXPECT_THAT(why(given({"prod"})), HasSubstr("'prod' is not an account"));
    EXPECT_THAT(why(given({"111111111111,"})), HasSubstr("'' is not an account"));
    EXPECT_THAT(why(given({"@/no/such/file"})), HasSubstr("cannot be read"));
    EXPECT_THAT(why(given({"org"})), HasSubstr("not in this version"));
}

TEST(AccountList, NeedsARoleAndAPlaceForIt) {
    EXPECT_THAT(why(given({"111111111111"}, "")), HasSubstr("add --assume-role"));
    EXPECT_THAT(why(given({}, "Ops")), HasSubstr("add --accounts"));
}

struct bad_row {
    const char* line;
    const char* why;
};

class AccountRow : public ::testing::TestWithParam<bad_row> {};

TEST_P(AccountRow, IsRefused) {
    const auto row = read_account_row(GetParam().line, {});
    ASSERT_FALSE(row);
    EXPECT_THAT(row.why(), HasSubstr(GetParam().why));
}

INSTANTIATE_TEST_SUITE_P(
    Table,
    AccountRow,
    ::testing::Values(
        bad_row{"111111111111", "not a JSON object"},
        bad_row{"{", "not a JSON object"},
        bad_row{R"({"account":111111111111,"role":"r"})", "account is not a string"},
        bad_row{R"({"account":"111111111111"})", "no role"},
        bad_row{R"({"account":"111111111111","role":1})", "role is not a string"},
        bad_row{R"({"account":"111111111111","role":"r","regions":"x"})", "regions is not a list"},
        bad_row{R"({"account":"111111111111","role":"r","regions":[1]})", "not a region"},
        bad_row{R"({"account":"111111111111","role":"r","regions":["Ma rs"]})", "not a region"}));

} // namespace
} // namespace redrive::cli
