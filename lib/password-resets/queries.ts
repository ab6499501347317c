export const PASSWORD_RESETS_PATH = "/api/v1/password-resets";
